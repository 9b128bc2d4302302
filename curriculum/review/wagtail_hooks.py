"""What review adds to Wagtail's admin: an index."""

from wagtail import hooks

from curriculum.review.views.committees import BothSides

# Who sits on which side of which committee.
hooks.register("register_admin_viewset", lambda: BothSides())
