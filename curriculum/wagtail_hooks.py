"""What this house changes in Wagtail's admin: an index. The work is done in views/editor.py and views/admin.py."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from curriculum.views import admin, editor
from curriculum.viewsets import WordsAndStandards

# Words and standards to choose from in lessons.
register_snippet(WordsAndStandards)

# The editor's buttons: Send for agreement, and saving. No submit, no publish, no schedule.
hooks.register("construct_page_action_menu", editor.only_our_items)
# A save that meets somebody's newer text, or a review that ended in another tab, loses nothing.
hooks.register("before_edit_page", editor.before_edit)
# After saving with Send for agreement: on to the screen that sends.
hooks.register("after_edit_page", editor.after_edit)
hooks.register("after_create_page", editor.go_on)
# A page under review is not deleted, one by one or many at once.
hooks.register("before_delete_page", editor.before_delete)
hooks.register("before_bulk_action", editor.before_bulk)

# The way back to the desks from Wagtail's menu.
hooks.register("register_admin_menu_item", admin.my_modules)
hooks.register("register_admin_menu_item", admin.review_desk)
# Panels and reports about moderation, which does not happen here.
hooks.register("construct_homepage_panels", admin.without_moderation_panels)
hooks.register("construct_reports_menu", admin.without_moderation_reports)
# The house's colors in the admin.
hooks.register("insert_global_admin_css", admin.style)
