from django.apps import AppConfig


class StockConfig(AppConfig):
    """Pages as Wagtail has them, so that tests can show what our walls are for. Installed in test settings only."""

    name = "tests.stock"
    label = "stock"
