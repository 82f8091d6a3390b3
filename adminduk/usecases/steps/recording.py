"""Recording of biometrics: the person comes, or is visited, is recorded, and the centre confirms that he is unique."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Final

from adminduk.catalogue.schema import FulfilmentStep
from adminduk.foundation.jobs import system_actor
from adminduk.kernel.errors import DomainError
from adminduk.modules.applications.types import Case
from adminduk.modules.issuance.types import ProductView
from adminduk.modules.recordings import actions as recordings
from adminduk.modules.recordings import queries
from adminduk.modules.recordings.ports import Heard
from adminduk.modules.recordings.states import Act, Result, State, follows
from adminduk.modules.recordings.types import REGISTER, cleaned_status
from adminduk.modules.visits import actions as visits
from adminduk.modules.visits import queries as visit_queries
from adminduk.modules.visits.states import Kind
from adminduk.usecases import appoint_steps
from adminduk.usecases.recording_word import Opened, follow_later, keep
from adminduk.usecases.visit import CITIZEN, ask_within

_CANNOT_COME: Final = ("bantuan", "tidak_bisa_datang")  # what the form asks, and the answer that asks for a visit
_RECORDED_ELSEWHERE: Final = frozenset({"in_progress", "duplicate", "failed"})


class _Recording:
    def enter(self, case: Case, product: ProductView, step: FulfilmentStep, *, at: datetime) -> bool:
        """The person waits for a recording, unless the register says that he was recorded elsewhere already."""
        recordings.enter(
            product.id,
            region_id=product.region_id,
            application_id=case.id,
            owner_id=product.owner_id,
            subject_index=product.subject_index,
            step_id=step.id,
            at=at,
        )
        name, answer = _CANNOT_COME
        if case.answers.get(name) == answer:
            with suppress(DomainError):  # asked for already, when it came here before
                ask_within(case, product.id, kind=Kind.ILL, asked_by=CITIZEN, note="", at=at)
        self._hear_register(case, product, at=at)
        self._invite(case, product, at=at)
        return True

    def _hear_register(self, case: Case, product: ProductView, *, at: datetime) -> None:
        raw = cleaned_status(str(case.facts.get("card_status") or ""))
        if not raw or case.facts.get("biometrics") not in _RECORDED_ELSEWHERE:
            return
        place = Opened(case, recordings.lock(product.id, region_id=product.region_id))
        keep(place, Heard(raw), source=REGISTER, actor=system_actor(product.region_id), at=at)
        after = recordings.lock(product.id, region_id=product.region_id)
        if after.state in (State.AT_CENTRE, State.HELD):
            follow_later(after, at=at)

    def _invite(self, case: Case, product: ProductView, *, at: datetime) -> None:
        """Whoever has to come chooses a time; who is recorded elsewhere or waits for a visit is not asked.

        Whom the register knows as recorded in vain has been given a time already.
        """
        recording = queries.find(product.id, region_id=product.region_id)
        has_to_come = recording is not None and recording.state is State.WANTED
        if has_to_come and visit_queries.find_open(product.id, region_id=product.region_id) is None:
            appoint_steps.invite(case, at=at)

    def leave(self, case: Case, product: ProductView, *, at: datetime) -> None:
        """Nobody is recorded or visited for it any more, and the centre is not asked."""
        attempt = queries.find_open_attempt(product.id, region_id=product.region_id)
        if attempt is not None:
            recordings.end_attempt(attempt, result=Result.GONE, photographs=0, is_photo_approved=False, at=at)
        recording = recordings.lock(product.id, region_id=product.region_id)
        if follows(recording.state, Act.LEAVE) is not None:
            recordings.move(recording, Act.LEAVE, at=at, attention="", ask_at=None)
        visits.drop_of_product(product.id, region_id=product.region_id, at=at)
        appoint_steps.nobody_comes(case, at=at)


STEP = _Recording()
