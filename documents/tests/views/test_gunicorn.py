"""What gunicorn is told: a process that begins to serve has made a page of each kind."""

import runpy
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template import engines


@pytest.fixture
def configuration():
    return runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))


@pytest.mark.parametrize("secure", [False, True])
def test_a_process_makes_a_page_of_each_kind_before_any_reader_asks(archive, configuration, settings, secure):
    settings.SECURE_SSL_REDIRECT = secure
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answered = []
    application = get_wsgi_application()

    def answering(environ, start_response):
        response = application(environ, start_response)
        answered.append((environ["PATH_INFO"], response.status_code))
        return response

    configuration["post_worker_init"](SimpleNamespace(wsgi=answering))
    paths = [path for path, status in answered if status == 200]
    assert paths[:3] == ["/", "/documents/", "/search/"]
    assert paths[3:] in [[f"/documents/{document.slug}/"] for document in archive.values()]
    assert {"home.html", "documents/index.html", "search/results.html", "documents/document.html"} <= {
        name for _, name in engines["jinja2"].env.cache
    }
