from django.core.management.base import BaseCommand

from users.grants import sync_roles
from users.roles import Role


class Command(BaseCommand):
    help = "Make the permissions of every role what users/roles.py says. Safe to run at any time."

    def handle(self, **options):
        sync_roles()
        self.stdout.write(f"{len(Role)} roles are as they should be.")
