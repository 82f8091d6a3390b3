"""Where an application is, in words: the same for its owner and for the page without sign-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from adminduk.catalogue.text import Text
from adminduk.foundation.pages import formats, t
from adminduk.foundation.pages.words import words
from adminduk.modules.applications.states import Act, State
from adminduk.readmodels.citizen_applications import Listed
from adminduk.readmodels.citizen_status import PublicStatus, Status
from adminduk.readmodels.way import Way

BadgeKind = Literal["info", "ok", "warning", "error"]
_STOPPED = {  # reasons for which usecases/fulfil.py stops what was approved
    "died": Text("Menurut data kependudukan, orang ini telah meninggal.", "By the register, this person has died."),
    "moved": Text(
        "Orang ini pindah ke daerah lain. Ajukan lagi di daerah yang baru.",
        "This person moved to another region. Apply again there.",
    ),
    "not_printable": Text(
        "Kartu ini tidak dapat dicetak. Kantor menghubungi Anda.",
        "This card cannot be printed. The office will contact you.",
    ),
    "double_record": Text(
        "Rekaman ini sudah ada dengan NIK lain. Kantor menghubungi Anda.",
        "This recording exists under another NIK. The office will contact you.",
    ),
}
_MOST_COUNTED = 1000  # the queue counts no further


@dataclass(frozen=True, slots=True)
class Headline:
    """Whose turn it is and what to do now."""

    badge: str
    kind: BadgeKind
    turn: str
    now: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One point of the timeline."""

    title: str
    lines: tuple[str, ...]
    state: Literal["done", "now", "todo"]


def badge_of(state: State) -> tuple[str, BadgeKind]:
    """A state in two words."""
    named: dict[State, tuple[str, BadgeKind]] = {
        State.DRAFT: (t("Belum dikirim", "Not sent"), "warning"),
        State.SUBMITTED: (t("Diperiksa kantor", "Being checked"), "info"),
        State.CORRECTION: (t("Perlu diperbaiki", "Needs correction"), "warning"),
        State.APPROVED: (t("Disetujui", "Approved"), "ok"),
        State.COMPLETED: (t("Selesai", "Completed"), "ok"),
        State.REFUSED: (t("Ditolak", "Refused"), "error"),
        State.WITHDRAWN: (t("Ditarik", "Withdrawn"), "info"),
        State.CLOSED: (t("Berakhir", "Ended"), "info"),
    }
    return named[state]


def waiting_badge() -> tuple[str, BadgeKind]:
    """Of what was sent and is not in the queue yet: no officer looks at it before the register has answered."""
    return t("Menunggu pencocokan", "Waiting to be compared"), "info"


def badge_of_listed(one: Listed) -> tuple[str, BadgeKind]:
    """A line of the list in two words."""
    return waiting_badge() if one.waits_for_match else badge_of(one.state)


def headline(status: PublicStatus) -> Headline:
    """Whose turn it is and what to do now."""
    badge, kind = waiting_badge() if status.waits_for_match else badge_of(status.state)
    turn, now = _turn(status)
    return Headline(badge, kind, turn, now)


def _turn(status: PublicStatus) -> tuple[str, str]:
    said: dict[State, Callable[[PublicStatus], tuple[str, str]]] = {
        State.SUBMITTED: _turn_of_office,
        State.CORRECTION: lambda it: (t("Giliran Anda", "Your turn"), _until(it)),
        State.APPROVED: _turn_after_approval,
        State.COMPLETED: lambda _: (t("Sudah diterima", "Received"), _nothing_to_do()),
        State.REFUSED: lambda it: (t("Permohonan ditolak", "The application was refused"), _why_refused(it)),
        State.CLOSED: lambda it: (
            t("Permohonan sudah berakhir", "The application has ended"),
            _why_closed(it.closed_because),
        ),
    }
    tell = said.get(status.state)
    return tell(status) if tell else (t("Ditarik oleh pemohon", "Withdrawn by the applicant"), _nothing_to_do())


def _turn_after_approval(status: PublicStatus) -> tuple[str, str]:
    if status.way and status.way.now:
        return words(status.way.now.title), words(status.way.now.waiting)
    assert status.outcome, "what is approved has an outcome"
    return words(status.outcome.title), words(status.outcome.text)


def _why_refused(status: PublicStatus) -> str:
    """The reason is told to the owner alone."""
    if not isinstance(status, Status):
        return t("Alasannya terlihat setelah Anda masuk.", "The reason is seen after signing in.")
    return words(status.reason.label) if status.reason else ""


def _nothing_to_do() -> str:
    return t("Anda tidak perlu melakukan apa pun.", "There is nothing you need to do.")


def _turn_of_office(status: PublicStatus) -> tuple[str, str]:
    if not status.waits_for_match:
        return t("Giliran kantor", "The office's turn"), _nothing_to_do()
    return (
        t("Menunggu data kependudukan", "Waiting for the population data"),
        t(
            "Data Anda dicocokkan begitu sistem nasional menjawab. Tidak perlu mengirim ulang.",
            "Your data are compared as soon as the national system answers. No need to send again.",
        ),
    )


def _until(status: PublicStatus) -> str:
    if status.ends_at is None:
        return t("Perbaiki yang diminta.", "Correct what was asked.")
    until = formats.moment(status.ends_at, status.region.time_zone)
    return t("Perbaiki yang diminta sebelum {until}.", "Correct what was asked before {until}.", until=until)


def _why_closed(reason: str) -> str:
    if reason == "match_failed":
        return t(
            "Data tidak dapat dicocokkan dengan data kependudukan. Periksa KK Anda, lalu ajukan lagi.",
            "The data could not be matched with the register. Check your KK, then apply again.",
        )
    if reason == "already_open":
        return t(
            "Permohonan lain untuk orang dan layanan ini masih berjalan.",
            "Another application for this person and service is under way.",
        )
    if reason in _STOPPED:
        return words(_STOPPED[reason])
    return t(
        "Batas waktunya lewat. Anda dapat mengajukan lagi kapan saja.",
        "Its time has passed. You may apply again at any time.",
    )


def place_words(status: PublicStatus) -> str:
    """Place in the queue, "" when it does not wait."""
    if status.place is None:
        return ""
    if status.place >= _MOST_COUNTED:
        return t("lebih dari {n}", "beyond {n}", n=formats.number(_MOST_COUNTED - 1))
    return t("nomor {n}", "number {n}", n=formats.number(status.place))


def timeline_of(status: PublicStatus) -> tuple[Entry, ...]:
    """From sending to the card: what was, what is, what comes."""
    zone = status.region.time_zone
    sent = _at(status.submitted_at, zone)
    entries = [Entry(t("Dikirim", "Sent"), sent, "done")]
    if isinstance(status, Status):
        entries += _rounds(status)
    entries.append(_check(status))
    if status.state in (State.SUBMITTED, State.CORRECTION):
        is_checked_later = status.waits_for_match or status.state is State.CORRECTION
        checked = (Entry(t("Petugas memeriksa", "An officer checks"), (), "todo"),) if is_checked_later else ()
        return (*entries, *checked, *_later(status))
    if status.way:
        return (*entries, *_way(status.way, zone))
    if status.state is State.APPROVED and status.outcome:
        now = Entry(words(status.outcome.title), (words(status.outcome.text),), "now")
        return (*entries, now)
    return tuple(entries)


def _way(way: Way, zone: str) -> tuple[Entry, ...]:
    done = [Entry(words(step.title), _at(step.at, zone), "done") for step in way.done]
    later = [Entry(words(step.title), (), "todo") for step in way.later]
    now = [Entry(words(way.now.title), (words(way.now.waiting),), "now")] if way.now else []
    return (*done, *now, *later)


def _at(moment: datetime | None, zone: str) -> tuple[str, ...]:
    return (formats.moment(moment, zone),) if moment else ()


def _rounds(status: Status) -> list[Entry]:
    titles = {
        Act.ASK_CORRECTIONS: t("Perbaikan diminta", "Corrections asked"),
        Act.RESUBMIT: t("Perbaikan dikirim", "Corrections sent"),
        Act.OBJECT: t("Keberatan diajukan", "Objection made"),
    }
    zone = status.region.time_zone
    return [
        Entry(titles[Act(event.act)], _at(event.at, zone), "done") for event in status.events if event.act in titles
    ]


def _check(status: PublicStatus) -> Entry:
    zone = status.region.time_zone
    if status.state in (State.APPROVED, State.COMPLETED):
        return Entry(t("Disetujui", "Approved"), _at(status.decided_at, zone), "done")
    if status.state is State.REFUSED:
        return Entry(t("Ditolak", "Refused"), _at(status.decided_at, zone), "now")
    if status.state in (State.WITHDRAWN, State.CLOSED):
        return Entry(badge_of(status.state)[0], (), "now")
    if status.state is State.CORRECTION:
        return Entry(t("Menunggu perbaikan Anda", "Waiting for your corrections"), (), "now")
    if status.waits_for_match:
        return Entry(t("Data dicocokkan", "Data are compared"), (), "now")
    lines = [t("Perkiraan selesai: {when}", "Expected by {when}", when=when) for when in _at(status.due_at, zone)]
    place = place_words(status)
    if place:
        lines.append(t("Antrean: {place}", "Queue: {place}", place=place))
    return Entry(t("Petugas memeriksa", "An officer checks"), tuple(lines), "now")


def _later(status: PublicStatus) -> tuple[Entry, ...]:
    return tuple(Entry(words(step.title), (), "todo") for step in status.later)
