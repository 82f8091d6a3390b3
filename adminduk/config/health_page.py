"""`/health`: one line of JSON for monitors; 503 when nothing works."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from adminduk.foundation import health
from adminduk.foundation.pages.access import public
from adminduk.usecases import outside

_NO_OBJECT = "00/00/00"  # asking for it touches the storage and finds nothing


def _storage_answers() -> bool:
    outside.storage().exists(_NO_OBJECT)
    return True


def _register_answers() -> bool:
    return not outside.register().is_silent()


@public
@require_safe
def health_page(request: HttpRequest) -> JsonResponse:
    """State of database, worker, jobs, disk, storage and register, as this process sees them."""
    found = health.look(
        data_dir=settings.ENVIRONMENT.data_dir,
        probes={"storage": _storage_answers, "register": _register_answers},
    )
    told = found.to_json()
    if "pictures" in told:
        told["pictures"] = told["pictures"] | {"is_read": outside.reads_documents()}
    answer = JsonResponse({"state": found.state, **told}, status=503 if found.state == health.DOWN else 200)
    answer["Cache-Control"] = "no-store"
    return answer
