"""Addresses by name, as Django's own reverse() gives them."""

import pytest
from django.urls import reverse, set_script_prefix

from documents.addresses import address_of, held_prefix


@pytest.fixture(params=["/", "/an archive/"])
def prefix(request):
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix("/")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("home", ()), ("search", ()), ("document", ("charter-1945",)), ("beside", ("a", "b")), ("paragraph", ("a", 12))],
)
def test_an_address_is_that_of_reverse(prefix, name, arguments):
    expected = reverse(name, args=arguments)
    assert address_of(name, *arguments) == expected
    with held_prefix():
        assert address_of(name, *arguments) == expected
