"""The YAML head of a Markdown file. Values stay as written: YAML would make a number of 2001 and `false` of `no`."""

from __future__ import annotations

import frontmatter
import yaml

from documents.importing.package import FileError

_HANDLER = frontmatter.YAMLHandler()


def split_head(text: str) -> tuple[str | None, str]:
    """The head between two lines of `---`, if there is one, and the text after it."""
    if not _HANDLER.detect(text):
        return None, text
    try:
        head, body = _HANDLER.split(text)
    except ValueError:  # one line of --- alone is a rule
        return None, text
    return head, body


def read_head(head: str) -> dict[str, str | list[str]]:
    """The value of each key as written. Raises FileError where it is no flat YAML mapping."""
    try:
        root = yaml.compose(head, Loader=yaml.BaseLoader)  # makes nodes only, no objects
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark else ""
        raise FileError(
            f"The front matter is not YAML{place}. Write `key: value` lines; quote values that hold a colon."
        ) from error
    except RecursionError as error:  # a bracket is a call of the parser
        raise FileError(
            "The front matter holds too many brackets in one another. "
            "Write `key: value` lines; quote values that hold [."
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise FileError("The front matter holds no keys. Write `key: value` lines, such as `title: A statement`.")
    values: dict[str, str | list[str]] = {}
    for key_node, value_node in root.value:
        key = str(key_node.value)
        if key in values:
            raise FileError(f"The front matter names '{key}' twice. Keep one.")
        values[key] = _value(key, value_node, head)
    return values


def _value(key: str, node: yaml.Node, head: str) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if key == "date":
        return head[node.start_mark.index : node.end_mark.index].strip()  # [2001..2003] is a list to YAML
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return [_scalar(item) for item in node.value]
    raise FileError(f"The value of '{key}' in the front matter is neither a text nor a list of texts.")


def _scalar(node: yaml.ScalarNode) -> str:
    is_null = node.style is None and node.value in ("~", "null")
    return "" if is_null else str(node.value).strip()
