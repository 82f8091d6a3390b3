"""The public board of printing: blank cards, use by day, who waits, what may be expected; as a page and as CSV."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from adminduk.catalogue.region_schema import Region
from adminduk.channels.citizen_web.board_chart import HEIGHT, WIDTH, chart_of
from adminduk.foundation import clock
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.readmodels import print_words, stock_board
from adminduk.usecases.outside import catalogue


@public
@require_safe
def board(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """The board of a region that has joined."""
    region, at = _joined(code), clock.now()
    shown = stock_board.board_of(region, at=at)
    return render(
        request,
        "citizen/board.html",
        region=region,
        board=shown,
        today=at.astimezone(ZoneInfo(region.time_zone)).date(),
        charts=[chart_of(site.use) for site in shown.sites],
        chart_size=(WIDTH, HEIGHT),
        days=stock_board.DAYS,
        exception_days=stock_board.EXCEPTION_DAYS,
        reasons=print_words.AHEAD,
    )


@public
@require_safe
def board_csv(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """The board's numbers: one line for each place and day, then what each place has now."""
    shown = stock_board.board_of(_joined(code), at=clock.now())
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["tempat", "hari", "terpakai", "stok", "menunggu_pertama", "menunggu_lain", "didahulukan"])
    for site in shown.sites:
        for day in site.use:
            lines.writerow([site.name, day.day.isoformat(), day.used, "", "", "", ""])
        lines.writerow(
            [site.name, "", "", site.balance.stock, site.first_cards, site.others, shown.moved_ahead]
        )  # fmt: skip
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cetak-{code.text}.csv"'
    return answer


def _joined(code: RegionCode) -> Region:
    region = catalogue().region(code)
    if not region.joined:
        raise NotFound("region")
    return region
