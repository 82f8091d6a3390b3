"""Every hostile file comes to one of its right ends, within the limits, and the next file is served as before."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pytest
from PIL import Image

from adminduk.gateways.rewriter.limits import PDF_SIDE, PICTURE_SIDE, PREVIEW_SIDE, Limits
from adminduk.gateways.rewriter.process_rewriter import ProcessRewriter
from adminduk.gateways.rewriter.reply import plain_jpeg_size
from adminduk.kernel.errors import DomainError
from adminduk.modules.documents.ports import RewrittenFile
from tests.hostile_files import heics, jpegs, pdfs, pngs_and_webps, strangers
from tests.hostile_files.recipe import CANARY, CLEAN, Recipe

RECIPES = [*jpegs.RECIPES, *pngs_and_webps.RECIPES, *pdfs.RECIPES, *heics.RECIPES, *strangers.RECIPES]
PATIENT, SHORT = Limits(cpu_seconds=30, wall_seconds=120), Limits(cpu_seconds=2, wall_seconds=120)


@pytest.fixture(scope="module")
def rewriters() -> Iterator[dict[Limits, ProcessRewriter]]:
    """A patient one for costly files that must pass, and one that soon ends what may be refused."""
    made = {limits: ProcessRewriter(limits=limits) for limits in (PATIENT, SHORT)}
    yield made
    for rewriter in made.values():
        rewriter.close()


def test_there_are_enough_and_all_differ() -> None:
    assert len(RECIPES) >= 150
    assert len({recipe.name for recipe in RECIPES}) == len(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_hostile_file(recipe: Recipe, rewriters: dict[Limits, ProcessRewriter]) -> None:
    limits = PATIENT if recipe.outcomes == (CLEAN,) else SHORT
    rewriter = rewriters[limits]
    zygote = rewriter.zygote_pid()
    data = recipe.make()
    try:
        result, account = rewriter.measure(data)
    except DomainError as refusal:
        assert refusal.code in recipe.outcomes
    else:
        assert CLEAN in recipe.outcomes
        assert_only_pixels(result, original=data)
        assert account.cpu_ms <= limits.cpu_seconds * 1000
        assert account.peak_kb <= (limits.memory_mb + 300) * 1024
    assert rewriter.zygote_pid() == zygote
    os.kill(zygote, 0)


def assert_only_pixels(result: RewrittenFile, *, original: bytes) -> None:
    side = PDF_SIDE if result.kind == "pdf" else PICTURE_SIDE
    for page in result.pages:
        assert max(page.width, page.height) <= side
        for jpeg, longest in ((page.jpeg, side), (page.preview, PREVIEW_SIDE)):
            picture = Image.open(io.BytesIO(jpeg))
            picture.load()
            assert picture.format == "JPEG"
            assert picture.mode == "RGB"
            assert max(picture.size) <= longest
            assert plain_jpeg_size(jpeg) == picture.size
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert CANARY not in jpeg
            assert b"<script" not in jpeg
            assert b"<?php" not in jpeg
            assert jpeg not in original
