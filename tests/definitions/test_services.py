"""The shipped definitions: what a clerk would look for in them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adminduk.catalogue.conditions import Answer, Fact
from adminduk.catalogue.loading import load_catalogue
from adminduk.catalogue.release import Release
from adminduk.catalogue.schema import Example, Service
from adminduk.kernel.identifiers import RegionCode
from tests.architecture.tree import ROOT

CATALOGUE = load_catalogue(ROOT / "definitions")
SERVICES = CATALOGUE.services
EXAMPLES = [(service, example) for service in SERVICES for example in service.examples]
JOINED = CATALOGUE.joined_regions
LEAN = RegionCode("51.71")
TODAY = date(2026, 11, 24)
LONGEST_SENTENCE = 15


def _screened(service_id: str, **answers: str) -> tuple[Release, dict[str, Answer], dict[str, Fact]]:
    """What a person sees before he signs in."""
    release = CATALOGUE.release(service_id, LEAN, on=TODAY)
    known: dict[str, Answer] = dict(answers)
    return release, known, {**release.assumed_facts(known), "today": TODAY}


def test_the_three_ktp_services_are_offered_in_order() -> None:
    assert [service.id for service in SERVICES] == ["ktp_el_baru", "ktp_el_hilang", "ktp_el_rusak"]


@pytest.mark.parametrize(
    ("service", "example"), EXAMPLES, ids=lambda part: getattr(part, "name", getattr(part, "id", ""))
)
def test_every_example_comes_out_as_it_says(service: Service, example: Example) -> None:
    release = CATALOGUE.example_release(service.id, example)
    facts: dict[str, Fact] = {**example.facts, "today": date.fromisoformat(example.today)}
    answers: dict[str, Answer] = {}
    given: dict[str, str | list[str]] = {**example.screening, **example.answers}
    for group in ("screening", *(group.id for group in release.groups)):
        clean, problems = release.check_answers(group, given, answers, facts)
        assert not problems
        answers |= clean
    assert release.open_groups(answers, facts) == ()
    assert {r.id for r in release.requirements(answers, facts)} == set(example.expect.documents)
    assert release.decide(answers, facts, date.fromisoformat(example.today)).answer == example.expect.decision
    assert release.visit_needed(facts, answers).answer == example.expect.visit
    assert release.after_approval(facts, answers).id == example.expect.after_approval


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_examples_reach_every_document_answer_and_ending(service: Service) -> None:
    expected = [example.expect for example in service.examples]
    assert {name for each in expected for name in each.documents} == {document.id for document in service.documents}
    assert {each.decision for each in expected} == {"yes", "no", "officer"}
    assert {each.after_approval for each in expected} == {outcome.id for outcome in service.after_approval}
    asked = {question.id for group in service.groups for question in group.questions}
    answered = {name for example in service.examples for name in example.answers}
    assert asked - answered <= {"cara_terima", "catatan_data"}, "delivery is a matter of the region, see below"


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_the_national_minimum_is_the_kk_and_proof_of_the_cause(service: Service) -> None:
    always = {d.id for d in service.documents if d.required and d.setting is None and d.when is None}
    proof = {"ktp_el_baru": set(), "ktp_el_hilang": {"surat_kehilangan"}, "ktp_el_rusak": {"ktp_rusak"}}
    assert always == {"kk"} | proof[service.id]
    switches = {key for key, setting in service.settings.items() if isinstance(setting.default, bool)}
    assert switches == {"ask_birth_document", "ask_photo", "ask_rt_rw_letter"}
    assert not any(service.settings[key].default for key in switches), "beyond the minimum is off unless a region asks"
    assert all(service.settings[key].overridable for key in switches)


def test_the_rt_rw_letter_is_never_needed_to_send_nor_a_ground_to_refuse() -> None:
    for service in SERVICES:
        letter = next(document for document in service.documents if document.kind == "surat_pengantar_rt_rw")
        assert not letter.required
        for reason in CATALOGUE.release(service.id, RegionCode("33.74"), on=TODAY).refusal_reasons:
            assert "RT/RW" not in reason.label.id


@pytest.mark.parametrize(
    ("age", "married", "documents", "decision"),
    [
        ("usia_17_lebih", None, {"kk"}, "yes"),
        ("usia_16", "belum", {"kk"}, "yes"),
        ("usia_16", "sudah", {"kk", "bukti_nikah"}, "yes"),
        ("di_bawah_16", "sudah", {"kk", "bukti_nikah"}, "yes"),
        ("di_bawah_16", "belum", {"kk"}, "no"),
    ],
)
def test_a_first_card_before_sign_in(age: str, married: str | None, documents: set[str], decision: str) -> None:
    answers = {"usia": age, "punya_kartu": "belum", "pernah_direkam": "belum", "kk_di_sini": "di_sini"}
    release, known, facts = _screened("ktp_el_baru", **answers, **({"pernah_kawin": married} if married else {}))
    assert {requirement.id for requirement in release.requirements(known, facts)} == documents
    assert release.decide(known, facts, TODAY).answer == decision
    assert release.visit_needed(facts, known).answer == "yes"


@pytest.mark.parametrize(("age", "step"), [("usia_16", "tunggu_17"), ("usia_17_lebih", "cetak")])
def test_recorded_at_16_and_printed_at_17(age: str, step: str) -> None:
    release, known, facts = _screened("ktp_el_baru", usia=age, pernah_kawin="belum", pernah_direkam="belum")
    steps = [each.id for each in release.steps(facts, known)]
    assert step in steps and len({"tunggu_17", "cetak"} & set(steps)) == 1 and "rekam" in steps


def test_who_has_a_card_is_sent_to_the_right_service() -> None:
    release, known, facts = _screened("ktp_el_baru", usia="usia_17_lebih", punya_kartu="pernah")
    (reason,) = release.decide(known, facts, TODAY).deciding
    assert reason.code == "has_card" and "hilang atau rusak" in reason.text.id
    for service_id in ("ktp_el_hilang", "ktp_el_rusak"):
        release, known, facts = _screened(service_id, pernah_punya="belum", kk_di_sini="di_sini")
        (reason,) = release.decide(known, facts, TODAY).deciding
        assert reason.code == "never_recorded" and "KTP-el baru" in reason.text.id


def test_a_lost_or_damaged_card_needs_no_visit_to_be_recorded() -> None:
    for service_id in ("ktp_el_hilang", "ktp_el_rusak"):
        release, known, facts = _screened(service_id, pernah_punya="pernah", kk_di_sini="di_sini")
        assert release.visit_needed(facts, known).answer == "no"
        assert "rekam" not in {step.id for step in release.steps(facts, known)}


def test_no_police_report_yet_and_no_card_left_are_told_first() -> None:
    release, known, facts = _screened("ktp_el_hilang", pernah_punya="pernah", surat_polisi="belum")
    assert release.steps(facts, known)[0].id == "surat_polisi"
    release, known, facts = _screened("ktp_el_rusak", pernah_punya="pernah", kartu_ada="tidak")
    assert release.steps(facts, known)[0].id == "layanan_hilang"


def test_changed_data_go_to_the_kk_first_and_onto_the_checklist() -> None:
    for service_id in ("ktp_el_hilang", "ktp_el_rusak"):
        release, known, facts = _screened(service_id, pernah_punya="pernah", data_berubah="ada")
        assert release.steps(facts, known)[0].id == "perbarui_kk"
        assert "data_berubah" in {item.id for item in release.checklist(known, facts)}


def test_delivery_is_asked_only_where_it_is_offered() -> None:
    for region in JOINED:
        release = CATALOGUE.release("ktp_el_hilang", region.code, on=TODAY)
        asked = {question.id for question in release.visible_questions("layanan", {}, {"today": TODAY})}
        assert ("cara_terima" in asked) is region.offers_delivery(TODAY)


def test_the_three_regions_of_the_demo_really_differ() -> None:
    assert [region.code.text for region in JOINED] == ["33.74", "51.71", "91.71"]
    assert len({region.time_zone for region in JOINED}) == 3
    assert {region.offers_delivery(TODAY) for region in JOINED} == {True, False}
    releases = [CATALOGUE.release("ktp_el_baru", region.code, on=TODAY) for region in JOINED]
    assert len({release.deadline_minutes for release in releases}) == 3
    assert [release.setting("ask_rt_rw_letter") for release in releases] == [True, False, False]
    assert [release.setting("ask_birth_document") for release in releases] == [True, False, True]
    for region in JOINED:
        assert region.is_example and region.office and region.office.is_example
        assert all(change.legal_basis.startswith("CONTOH") for change in region.changes), "nothing of it is a real rule"


def _texts(service: Service) -> list[tuple[str, str]]:
    written = (ROOT / "definitions" / "services" / f"{service.id}.yaml").read_text(encoding="utf-8")
    found = re.findall(r"\{id: (\"[^\"]*\"|[^,}]*), en: (\"[^\"]*\"|[^}]*)\}", written)
    return [(id_.strip('"'), en.strip('"')) for id_, en in found]


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_sentences_are_short_and_say_anda(service: Service) -> None:
    texts = _texts(service)
    assert len(texts) > 80
    for indonesian, english in texts:
        for sentence in re.split(r"[.?!:;] ", f"{indonesian} ") + re.split(r"[.?!:;] ", f"{english} "):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
        assert not re.search(r"\b(kamu|saudara|anda)\b", indonesian), indonesian


def test_no_article_number_is_printed_from_a_source_that_was_not_read() -> None:
    for basis in CATALOGUE.legal_bases.values():
        assert basis.grade == "A" or not re.search(r"\b(pasal|ayat)\b", basis.title, re.IGNORECASE)
    for path in (ROOT / "definitions").rglob("*.yaml"):
        if path.name != "legal_bases.yaml":
            assert not re.search(r"\b[Pp]asal [0-9]", path.read_text(encoding="utf-8")), path.name
