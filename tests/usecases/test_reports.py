"""Reports of brokers and bribes: anybody writes, only the inspectorate reads, a number shows its own report's way."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from adminduk.foundation import clock
from adminduk.foundation.tenancy import acting_as
from adminduk.kernel.actor import Actor, ActorKind
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.complaints.types import Told
from adminduk.usecases import inspect_report, report_broker, upkeep_retention
from tests import database as test_database
from tests import making

SEMARANG = RegionCode.parse("33.74")
TOLD = Told(what="Rp50.000 agar cepat", place="parkiran kantor", when="kemarin pagi")
OFFICE = (ActorKind.OFFICER, ActorKind.HEAD, ActorKind.ADMIN, ActorKind.OPERATOR)
TABLES = ("complaints_report", "complaints_step")


def send(told: Told = TOLD, *, key: str = "", client: str = "") -> str:
    return report_broker.report(
        told, region=SEMARANG, client=client or str(uuid4()), key=key or str(uuid4()), at=clock.now()
    )


def inspector(region: int = SEMARANG.number) -> Actor:
    return making.officer(region, ActorKind.INSPECTOR)


def newest(who: Actor) -> UUID:
    waiting, _ = inspect_report.list_reports(who)
    return waiting[-1].id


def as_sql(actor: Actor, statement: str) -> int:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount if cursor.description is None else (cursor.fetchone() or (0,))[0])


def test_a_report_reaches_the_inspector_as_it_was_written(database: None) -> None:
    send(Told("Uang rokok", "loket 3", "Senin", "081200000000"))
    who = inspector()
    opened = inspect_report.read_report(who, newest(who), at=clock.now())
    assert opened.told == Told("Uang rokok", "loket 3", "Senin", "081200000000")


@pytest.mark.parametrize("kind", OFFICE)
def test_nobody_of_the_office_sees_that_there_is_a_report(database: None, kind: ActorKind) -> None:
    send()
    who = inspector()
    report_id = newest(who)
    inspect_report.add_note(who, report_id, words="periksa", key=str(uuid4()), at=clock.now())
    staff = making.officer(SEMARANG.number, kind)
    for table in TABLES:
        assert as_sql(staff, f"SELECT count(*) FROM {table}") == 0
        assert as_sql(staff, f"DELETE FROM {table}") == 0
    assert as_sql(staff, "UPDATE complaints_report SET outcome = outcome") == 0
    assert as_sql(staff, "SELECT count(*) FROM audit_entry WHERE object_kind = 'report'") == 0
    for act in (
        lambda: inspect_report.list_reports(staff),
        lambda: inspect_report.read_report(staff, report_id, at=clock.now()),
        lambda: inspect_report.close(staff, report_id, outcome="not_found", key=str(uuid4()), at=clock.now()),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_inspector_sees_the_trail_of_reports_and_nothing_of_applications(database: None) -> None:
    making.make_submitted(making.make_owner(SEMARANG.number))
    send()
    who = inspector()
    assert as_sql(who, "SELECT count(*) FROM audit_entry WHERE object_kind = 'report'") > 0
    assert as_sql(who, "SELECT count(*) FROM audit_entry WHERE object_kind <> 'report'") == 0
    for table in ("applications_application", "accounts_account", "documents_page", "notifications_message"):
        assert as_sql(who, f"SELECT count(*) FROM {table}") == 0


def test_another_region_and_its_inspector_see_nothing(database: None) -> None:
    send()
    elsewhere = inspector(making.fresh_region())
    assert inspect_report.list_reports(elsewhere) == ((), ())
    with pytest.raises(NotFound):
        inspect_report.read_report(elsewhere, newest(inspector()), at=clock.now())


def test_nothing_of_a_report_lies_in_clear_and_no_number_lies_anywhere(database: None) -> None:
    number = send()
    with test_database.superuser_connection() as above:
        rows = above.execute("SELECT r::text FROM complaints_report r").fetchall()
        trail = above.execute("SELECT actor_kind, actor_id FROM audit_entry WHERE act = 'report.send'").fetchall()
    written = " ".join(row[0] for row in rows)
    assert number not in written and "parkiran" not in written
    assert {kind for kind, _ in trail} == {"anonymous"} and {who for _, who in trail} == {UUID(int=0)}


def test_the_number_shows_the_way_of_its_report(database: None) -> None:
    number, who = send(), inspector()
    report_id, client = newest(who), str(uuid4())
    assert report_broker.look(number, client=client).read_at is None
    inspect_report.read_report(who, report_id, at=clock.now())
    inspect_report.add_note(who, report_id, words="rahasia", key=str(uuid4()), at=clock.now())
    inspect_report.answer(who, report_id, words="Terima kasih", key=str(uuid4()), at=clock.now())
    inspect_report.close(who, report_id, outcome="acted_on", key=str(uuid4()), at=clock.now())
    found = report_broker.look(number.lower().replace("-", " "), client=client)
    assert found.read_at and found.closed_at and found.outcome == "acted_on"
    assert [step.words for step in found.answers] == ["Terima kasih"]


def test_a_wrong_number_shows_nothing(database: None) -> None:
    with pytest.raises(NotFound):
        report_broker.look("LAPOR-0000-0000-0000", client=str(uuid4()))
    with pytest.raises(DomainError, match="report_number"):
        report_broker.look("LAPOR-123", client=str(uuid4()))


def test_pressed_twice_is_sent_once(database: None) -> None:
    who, key, before = inspector(), str(uuid4()), len(inspect_report.list_reports(inspector())[0])
    assert send(key=key) == send(key=key)
    assert len(inspect_report.list_reports(who)[0]) == before + 1


def test_what_lacks_is_told_all_at_once(database: None) -> None:
    with pytest.raises(DomainError) as caught:
        send(Told(what="", place=" " * 0, when="x" * 101))
    assert [(p.field, p.code) for p in caught.value.problems] == [
        ("what", "answer_needed"),
        ("place", "answer_needed"),
        ("when", "answer_too_long"),
    ]


def test_a_region_without_the_portal_takes_no_reports(database: None) -> None:
    with pytest.raises(NotFound):
        report_broker.report(TOLD, region=RegionCode.parse("11.01"), client="c", key=str(uuid4()), at=clock.now())


def test_one_client_does_not_flood_the_inspectorate(database: None) -> None:
    client = str(uuid4())
    for _ in range(report_broker.OF_CLIENT.times):
        send(client=client)
    with pytest.raises(DomainError, match="too_often"):
        send(client=client)
    assert send(client=str(uuid4()))


def test_a_report_ends_once_and_with_a_coded_outcome(database: None) -> None:
    send()
    who = inspector()
    report_id = newest(who)
    with pytest.raises(DomainError, match="outcome_missing"):
        inspect_report.close(who, report_id, outcome="selesai", key=str(uuid4()), at=clock.now())
    inspect_report.close(who, report_id, outcome="not_found", key=str(uuid4()), at=clock.now())
    with pytest.raises(DomainError, match="report_is_closed"):
        inspect_report.close(who, report_id, outcome="acted_on", key=str(uuid4()), at=clock.now())


@pytest.mark.parametrize(("words", "code"), [("  ", "words_missing"), ("x" * 2001, "words_long")])
def test_words_are_needed_and_end_somewhere(database: None, words: str, code: str) -> None:
    send()
    who = inspector()
    with pytest.raises(DomainError, match=code):
        inspect_report.answer(who, newest(who), words=words, key=str(uuid4()), at=clock.now())


def test_closed_reports_go_when_their_time_is_over(database: None) -> None:
    number, who = send(), inspector()
    report_id = newest(who)
    inspect_report.answer(who, report_id, words="Selesai", key=str(uuid4()), at=clock.now())
    long_ago = clock.now() - timedelta(days=731)
    inspect_report.close(who, report_id, outcome="not_found", key=str(uuid4()), at=long_ago)
    upkeep_retention.apply_retention(making.system(SEMARANG.number))
    with pytest.raises(NotFound):
        report_broker.look(number, client=str(uuid4()))
