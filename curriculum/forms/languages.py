"""A text in every language, kept as {language: text}: one box a language instead of raw JSON."""

from django import forms
from django.conf import settings
from django.utils.html import format_html_join


def content_languages() -> list[tuple[str, str]]:
    """(code, name in itself) of every language content is written in."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


class LanguagesWidget(forms.MultiWidget):
    """One box for each language, labelled with the language's own name."""

    use_fieldset = True

    def __init__(self, languages, widget):
        self.languages = languages
        super().__init__({code: widget(attrs={"lang": code, "aria-label": name}) for code, name in languages})

    def decompress(self, value):
        return [(value or {}).get(code, "") for code, _name in self.languages]

    def render(self, name, value, attrs=None, renderer=None):
        """The boxes one below the other. Drawn here: Django's form templates know no languages."""
        values = value if isinstance(value, list) else self.decompress(value)
        names = [name + suffix for suffix in self.widgets_names]
        drawn = [
            widget.render(one, text, {"id": f"id_{one}"}, renderer)
            for widget, one, text in zip(self.widgets, names, values, strict=True)
        ]
        boxes = ((code, label, html) for (code, label), html in zip(self.languages, drawn, strict=True))
        return format_html_join(
            "", '<div class="language-box"><span lang="{}" aria-hidden="true">{}</span>{}</div>', boxes
        )


class LanguagesField(forms.MultiValueField):
    """{language: text}, without the languages that have none."""

    def __init__(self, *, languages, long=False, **kwargs):
        self.languages = languages
        widget = forms.Textarea if long else forms.TextInput
        fields = [forms.CharField(required=False) for _language in languages]
        super().__init__(
            fields, widget=LanguagesWidget(languages, widget), require_all_fields=False, required=False, **kwargs
        )

    def compress(self, values):
        return {code: text for (code, _name), text in zip(self.languages, values or [], strict=False) if text}
