"""Templates write what they are given as markupsafe.escape() does, wherever in a template it stands."""

from enum import StrEnum
from functools import partial

import pytest
from django.utils.functional import lazystr
from django.utils.safestring import SafeString
from jinja2 import DictLoader
from markupsafe import Markup, escape

from documents.templating import environment, written

INJECTION = "\"'><script>alert(1)</script>&amp;{{ 7 * 7 }}"


class Kind(StrEnum):
    ODD = INJECTION


class Own(str):
    __slots__ = ()

    def __str__(self):
        return f"<{super().__str__()}>"


class WithHtml:
    def __html__(self):
        return "<b>bold</b>"

    def __str__(self):
        return "<never>"


VALUES = (
    *(INJECTION, "", "plain", "é <中国> ‮", "\0<"),
    *(SafeString("<i>safe</i>"), Markup("<i>safe</i>"), lazystr(INJECTION), lazystr(SafeString("<i>safe</i>"))),
    *(Kind.ODD, Own(INJECTION), WithHtml(), 0, -1.5, True, None, ["<", SafeString("<i>")], {"<": ">"}, (INJECTION,)),
)

each_value = pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)


def shown(template, **context):
    made = environment(autoescape=True, loader=DictLoader({"page.html": template, **PARTS}))
    return made.get_template("page.html").render(context)


PARTS = {
    "base.html": "{% block head %}[{{ value }}]{% endblock %}",
    "macros.html": "{% macro m(x, y='') %}<{{ x }}|{{ y }}>{% if caller %}{{ caller() }}{% endif %}{% endmacro %}",
    "part.html": "({{ value }})",
}


@each_value
def test_what_is_written_is_what_markupsafe_gives(value):
    assert written(value) == str(escape(value))


@each_value
@pytest.mark.parametrize(
    ("template", "around"),
    [
        ("{{ value }}", "{}"),
        ('<a title="{{ value }}">', '<a title="{}">'),
        ("{% if true %}{{ value }}{% endif %}", "{}"),
        ("{% for each in [value] %}{{ each }}{% endfor %}", "{}"),
        ("{% for each in [value] recursive %}{{ each }}{% endfor %}", "{}"),
        ("{% set kept %}{{ value }}{% endset %}{{ kept }}", "{}"),
        ("{% set kept = value %}{{ kept }}", "{}"),
        ("{% with kept=value %}{{ kept }}{% endwith %}", "{}"),
        ("{% block own %}{{ value }}{% endblock %}", "{}"),
        ("{% block own scoped %}{{ value }}{% endblock %}{{ self.own() }}", "{0}{0}"),
        ("{% include 'part.html' %}", "({})"),
        ("{% extends 'base.html' %}{% block head %}{{ super() }}{{ value }}{% endblock %}", "[{0}]{0}"),
        ("{% from 'macros.html' import m %}{{ m(value, y=value) }}", "<{0}|{0}>"),
        ("{% import 'macros.html' as held %}{{ held.m(value) }}", "<{}|>"),
        ("{% from 'macros.html' import m %}{% call m(value) %}{{ value }}{% endcall %}", "<{0}|>{0}"),
        ("{% macro own(x) %}{{ x }}{% endmacro %}{% set twice = own(value) ~ own(value) %}{{ twice }}", "{0}{0}"),
        ("{% autoescape true %}{{ value }}{% endautoescape %}", "{}"),
        ("{{ value if true else '' }}", "{}"),
    ],
)
def test_a_value_is_escaped_once_wherever_it_stands(template, around, value):
    assert shown(template, value=value) == around.format(escape(value))


@pytest.mark.parametrize("value", VALUES[:11], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(
    "expression",
    [
        *("value ~ '&'", "value ~ value", "'<' ~ value", "value ~ 1", "[value, '<']|join(', ')", "[value]|join"),
        *("value|upper", "value|default('<')", "value|trim", "value|capfirst", "value|truncatechars(9)"),
        *("value|replace('a', '<')", "value|printable", "value|slug", "value|urlencode", "value|urlize"),
        *("value|linebreaks", "value|e", "value|string", "value|first", "[value]|list", "value|indent"),
    ],
)
def test_filters_and_joined_words_come_out_as_without_the_archives_own_escaping(expression, value):
    """The same template, but with what Jinja2 itself escapes with."""
    made = partial(environment, autoescape=True)
    ours, plain = made(), made()
    plain.code_generator_class = type(plain).__mro__[1].code_generator_class
    template = f"<p class='{{{{ {expression} }}}}'>{{{{ {expression} }}}}</p>"
    assert _made(ours, template, value) == _made(plain, template, value)


def _made(made, template, value):
    try:
        return made.from_string(template).render(value=value)
    except (AttributeError, TypeError) as error:  # a filter that has no such values
        return repr(error)


@pytest.mark.parametrize("expression", ["missing", "missing.of.it", "value.missing", "missing|default('')"])
def test_what_is_not_given_shows_as_nothing(expression):
    assert shown(f"[{{{{ {expression} }}}}]", value=1) == "[]"


def test_only_what_is_declared_safe_is_let_through():
    assert shown("{{ value|safe }}{{ value }}", value="<b>") == "<b>&lt;b&gt;"
