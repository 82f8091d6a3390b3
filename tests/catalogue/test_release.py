"""A service in a region, as a case keeps it: the same bytes for years, and nothing that was not asked."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.conditions import Answer, Fact
from adminduk.catalogue.release import Release
from adminduk.catalogue.release_body import ReleaseBody
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode

SEMARANG, DENPASAR, JAYAPURA = RegionCode("33.74"), RegionCode("51.71"), RegionCode("91.71")
TODAY = date(2026, 11, 24)
ADULT: dict[str, Fact] = {
    "today": TODAY,
    "is_matched": True,
    "is_resident": True,
    "birth_date": date(1990, 8, 17),
    "marital_status": "KAWIN",
    "address": "Jalan Contoh 1",
    "card": "issued",
    "biometrics": "stored",
}


def test_a_release_is_canonical(catalogue: Catalogue) -> None:
    for service in catalogue.services:
        release = catalogue.release(service.id, SEMARANG, on=TODAY)
        again = Release.from_json(release.to_json())
        assert again == release and hash(again) == hash(release) and again.id == release.id
        turned = msgspec.json.encode(_turned(msgspec.json.decode(release.to_json())))
        assert Release.of(msgspec.json.decode(turned, type=ReleaseBody)).to_json() == release.to_json()


def _turned(data: object) -> object:
    """The same data with the keys of every mapping in another order."""
    if isinstance(data, dict):
        return {key: _turned(data[key]) for key in reversed(data)}
    return [_turned(item) for item in data] if isinstance(data, list) else data


def test_what_a_case_kept_is_read_for_years(catalogue: Catalogue) -> None:
    """A stored release that lacks fields which later versions add is still read."""
    body = msgspec.json.decode(catalogue.release("ktp_el_hilang", SEMARANG, on=TODAY).to_json())
    for question in body["service"]["screening"]:
        question.pop("hint", None)
    old = Release.from_json(msgspec.json.encode(body, order="deterministic"))
    assert old.title("id") == "KTP-el hilang" and old.deadline_minutes == 450


def test_releases_of_two_regions_differ(catalogue: Catalogue) -> None:
    ids = {catalogue.release("ktp_el_baru", code, on=TODAY).id for code in (SEMARANG, DENPASAR, JAYAPURA)}
    assert len(ids) == 3


def test_a_release_is_made_once(catalogue: Catalogue) -> None:
    first = catalogue.release("ktp_el_baru", SEMARANG, on=TODAY)
    assert catalogue.release("ktp_el_baru", SEMARANG, on=date(2026, 11, 25)) is first


def test_a_change_holds_from_its_day(catalogue: Catalogue) -> None:
    before = catalogue.release("ktp_el_baru", JAYAPURA, on=date(2026, 5, 31))
    after = catalogue.release("ktp_el_baru", JAYAPURA, on=date(2026, 6, 1))
    assert (before.setting("ask_birth_document"), after.setting("ask_birth_document")) == (False, True)
    assert before.provenance["ask_birth_document"].level == "national"
    told = after.provenance["ask_birth_document"]
    assert (told.level, told.since) == ("region", "2026-06-01") and told.legal_basis


def test_delivery_holds_from_its_day(catalogue: Catalogue) -> None:
    def steps(on: date) -> set[str]:
        return {step.id for step in catalogue.release("ktp_el_hilang", JAYAPURA, on=on).steps(ADULT)}

    assert "ambil" in steps(date(2026, 2, 28)) and "ambil_atau_antar" in steps(date(2026, 3, 1))


def test_a_regional_extra_says_so(catalogue: Catalogue) -> None:
    answers: dict[str, Answer] = {}
    strict = {r.id: r for r in catalogue.release("ktp_el_hilang", SEMARANG, on=TODAY).requirements(answers, ADULT)}
    lean = {r.id: r for r in catalogue.release("ktp_el_hilang", DENPASAR, on=TODAY).requirements(answers, ADULT)}
    assert set(lean) == {"kk", "surat_kehilangan"} < set(strict)
    assert not any(requirement.is_regional_extra for requirement in lean.values())
    extras = {key for key, requirement in strict.items() if requirement.is_regional_extra}
    assert extras == {"akta_lahir", "pas_foto", "surat_pengantar"}
    assert not strict["surat_pengantar"].required, "lacking the RT/RW letter never stops an application"
    assert strict["akta_lahir"].kinds == ("akta_kelahiran", "surat_keterangan_lahir")


def test_documents_that_lack_pages(catalogue: Catalogue) -> None:
    release = catalogue.release("ktp_el_hilang", SEMARANG, on=TODAY)
    lacking = [r.id for r in release.lacking_documents({}, ADULT, {"kk": 1})]
    assert lacking == ["surat_kehilangan", "akta_lahir", "pas_foto"]
    everything = {"kk": 1, "surat_kehilangan": 1, "akta_lahir": 1, "pas_foto": 1}
    assert release.lacking_documents({}, ADULT, everything) == ()


def test_what_the_register_told_is_shown_and_not_asked(catalogue: Catalogue) -> None:
    release = catalogue.release("ktp_el_hilang", DENPASAR, on=TODAY)
    asked = {q.id for q in release.visible_questions("data_diri", {}, ADULT)}
    shown = {fact.name for fact in release.shown_facts("data_diri", {}, ADULT)}
    assert "address" in shown and "alamat" not in asked and "tempat_lahir" in asked
    unmatched = ADULT | {"is_matched": False}
    assert release.shown_facts("data_diri", {}, unmatched) == ()
    assert "alamat" in {q.id for q in release.visible_questions("data_diri", {}, unmatched)}


def test_answers_to_questions_that_are_not_asked_are_dropped(catalogue: Catalogue) -> None:
    release = catalogue.release("ktp_el_hilang", DENPASAR, on=TODAY)
    raw: dict[str, str | list[str]] = {
        "sebab_hilang": "tercecer",
        "cerita_hilang": "tidak ditanyakan",
        "tanggal_hilang": "20-11-2026",
        "tempat_hilang": "Pasar",
        "lain": "x",
    }
    clean, problems = release.check_answers("kehilangan", raw, {}, ADULT)
    assert not problems and set(clean) == {"sebab_hilang", "tanggal_hilang", "tempat_hilang"}
    clean, problems = release.check_answers("kehilangan", raw | {"sebab_hilang": "lainnya"}, {}, ADULT)
    assert clean["cerita_hilang"] == "tidak ditanyakan"


def test_all_problems_come_at_once(catalogue: Catalogue) -> None:
    release = catalogue.release("ktp_el_hilang", DENPASAR, on=TODAY)
    clean, problems = release.check_answers("kehilangan", {"tanggal_hilang": "25-11-2026"}, {}, ADULT)
    assert {(p.field, p.code) for p in problems} == {
        ("sebab_hilang", "answer_needed"),
        ("tanggal_hilang", "date_too_late"),
        ("tempat_hilang", "answer_needed"),
    }
    assert clean == {}


def test_a_changed_answer_closes_what_it_had_opened(catalogue: Catalogue) -> None:
    release = catalogue.release("ktp_el_rusak", DENPASAR, on=TODAY)
    answers: dict[str, Answer] = {"bagian_rusak": ["patah"], "tempat_cip": "Bank", "cerita_rusak": "x"}
    assert release.prune(answers, ADULT) == {"bagian_rusak": ["patah"]}
    assert release.prune({**answers, "bagian_rusak": ["cip"]}, ADULT)["tempat_cip"] == "Bank"


@pytest.mark.parametrize("service_id", ["ktp_el_baru", "ktp_el_hilang", "ktp_el_rusak"])
@given(data=st.data())
def test_whatever_is_answered_the_release_has_an_answer(
    catalogue: Catalogue, service_id: str, data: st.DataObject
) -> None:
    """Random facts and choices: no crash, one outcome, and the national minimum is always asked."""
    release = catalogue.release(service_id, data.draw(st.sampled_from([SEMARANG, DENPASAR, JAYAPURA])), on=TODAY)
    facts: dict[str, Fact] = {
        "today": TODAY,
        "is_matched": data.draw(st.booleans()),
        "is_resident": data.draw(st.sampled_from([True, False, None])),
        "birth_date": data.draw(st.dates(date(1930, 1, 1), TODAY) | st.none()),
        "marital_status": data.draw(st.sampled_from(["BELUM KAWIN", "KAWIN", "CERAI HIDUP", "", None])),
        "card": data.draw(st.sampled_from(["none", "in_progress", "ready", "printed", "issued", "unknown", None])),
        "biometrics": data.draw(
            st.sampled_from(["stored", "missing", "failed", "duplicate", "in_progress", "unknown", None])
        ),
    }
    answers: dict[str, Answer] = {
        question.id: data.draw(st.sampled_from([choice.value for choice in question.choices]))
        for group in release.groups
        for question in group.questions
        if question.type == "choice"
    }
    decision = release.decide(answers, facts, TODAY)
    assert decision.answer in ("yes", "no", "officer") and decision.deciding
    assert "kk" in {requirement.id for requirement in release.requirements(answers, facts)}
    assert release.after_approval(facts, answers).message in catalogue.message_events
    assert release.visit_needed(facts, answers).text.en
    assert set(release.open_groups(answers, facts)) <= {group.id for group in release.groups}
    assert release.prune(release.prune(answers, facts), facts) == release.prune(answers, facts)


def test_what_does_not_exist_is_not_found(catalogue: Catalogue) -> None:
    release = catalogue.release("ktp_el_baru", SEMARANG)
    for ask in (
        lambda: catalogue.release("paspor", SEMARANG),
        lambda: catalogue.region(RegionCode("33.98")),
        lambda: catalogue.message("nothing"),
        lambda: release.group("none"),
        lambda: release.question("none"),
        lambda: release.setting("none"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_it_is_free(catalogue: Catalogue) -> None:
    for service in catalogue.services:
        assert catalogue.release(service.id, SEMARANG).is_fee_free
