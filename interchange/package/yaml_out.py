"""YAML as a person would write it: names in their order, short lists and groups on one line, long text wrapped."""

import yaml

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WIDTH = 100


class Inline(dict):
    """A group on one line: {classroom: 2, field: 1}."""


class InlineList(list):
    """A list on one line: [G1, G2]."""


class Number(str):
    """A decimal number that is written without quotes."""


class _Dumper(_DUMPER):
    def ignore_aliases(self, data):
        return True


def _number(dumper, value):
    return dumper.represent_scalar("tag:yaml.org,2002:float" if "." in value else "tag:yaml.org,2002:int", str(value))


_Dumper.add_representer(
    Inline,
    lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True),
)
_Dumper.add_representer(
    InlineList,
    lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True),
)
_Dumper.add_representer(Number, _number)


def dump(data: dict | list) -> str:
    """YAML text of plain data; what is empty is left out by the caller."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=WIDTH,
        indent=2,
    )
