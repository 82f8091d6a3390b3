"""Pages for what went wrong: what happened, what to do now, and nothing that was typed is lost."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse

from adminduk.foundation.pages.rendering import render
from adminduk.foundation.pages.words import begin_page, problem_words, t
from adminduk.foundation.uploads import is_too_large
from adminduk.kernel.errors import DomainError

_STATUS = {"not_found": 404, "too_often": 429, "file_too_large": 413}


def error_page(request: HttpRequest, *, status: int, title: str, text: str, is_retry: bool = False) -> HttpResponse:
    """One page for all errors. `is_retry`: Back brings the form with what was typed."""
    return render(request, "error.html", status=status, title=title, text=text, code=status, is_retry=is_retry)


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """A refusal of the domain that no view has turned into words beside a field."""
    begin_page(request)
    status = _STATUS.get(refusal.code, 409)
    if status == 404:
        return not_found(request)
    title = (
        t("Tunggu sebentar", "Please wait a little") if status == 429 else t("Belum bisa dilakukan", "Not possible now")
    )
    response = error_page(request, status=status, title=title, text=problem_words(refusal), is_retry=True)
    if status == 429:
        response["Retry-After"] = str(60 * int(refusal.params.get("minutes", 1)))
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or not for this person. The two are never told apart."""
    begin_page(request)
    return error_page(
        request,
        status=404,
        title=t("Halaman tidak ditemukan", "Page not found"),
        text=t("Periksa alamatnya, atau mulai dari halaman depan.", "Check the address, or start from the first page."),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: something outside does not answer."""
    begin_page(request)
    return error_page(
        request,
        status=503,
        title=t("Sedang tidak bisa dibuka", "Not available just now"),
        text=t(
            "Isian Anda yang sudah disimpan tetap aman. Coba lagi sebentar lagi.",
            "What you have saved is safe. Please try again in a moment.",
        ),
        is_retry=True,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for more than the server takes."""
    begin_page(request)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(
            request,
            status=413,
            title=t("Kiriman terlalu besar", "Too much to send"),
            text=t(
                "Satu berkas paling besar 10 MB. Kecilkan berkasnya, lalu kirim lagi.",
                "One file may have 10 MB at most. Make it smaller and send it again.",
            ),
            is_retry=True,
        )
    return error_page(
        request,
        status=400,
        title=t("Permintaan tidak dapat dibaca", "We could not read the request"),
        text=t("Buka lagi halamannya, lalu coba sekali lagi.", "Open the page again and try once more."),
        is_retry=True,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the server refuses."""
    begin_page(request)
    return error_page(
        request,
        status=403,
        title=t("Tidak diizinkan", "Not allowed"),
        text=t("Anda tidak dapat membuka halaman ini.", "You cannot open this page."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form does not carry the mark that we gave. Most often the cookie was lost, or too much was sent."""
    if is_too_large(request):
        return refused(request, DomainError("file_too_large"))
    begin_page(request)
    return error_page(
        request,
        status=403,
        title=t("Formulir perlu dikirim lagi", "Please send the form again"),
        text=t(
            "Demi keamanan, formulir ini tidak kami proses. Muat ulang halamannya, lalu kirim lagi.",
            "For your safety we did not process this form. Reload the page and send it again.",
        ),
        is_retry=True,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    begin_page(request)
    return error_page(
        request,
        status=500,
        title=t("Ada gangguan pada kami", "Something broke on our side"),
        text=t(
            "Ini bukan kesalahan Anda. Yang sudah disimpan tetap aman. Coba lagi sebentar lagi.",
            "This is not your fault. What you saved is safe. Please try again in a moment.",
        ),
        is_retry=True,
    )
