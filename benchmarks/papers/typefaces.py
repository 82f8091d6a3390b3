"""The typefaces of the papers, out of packages with free licences. Two families: seen while tuning, and unseen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: a package, its file for plain and for bold; one file with axes serves both."""

    package: str
    plain: str
    bold: str = ""

    def at(self, pixels: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """The face with an em of this many pixels."""
        return _font(self.package, self.bold if bold and self.bold else self.plain, max(5, round(pixels * 4)), bold)


def _one(package: str, file: str) -> Face:
    return Face(package, file)


SEEN: dict[str, tuple[Face, ...]] = {
    "sans": (
        _one("arimo", "Arimo[wght]"),
        _one("roboto", "Roboto[wdth,wght]"),
        _one("open_sans", "OpenSans[wdth,wght]"),
        Face("lato", "Lato-Regular", "Lato-Bold"),
        Face("pt_sans", "PT_Sans-Web-Regular", "PT_Sans-Web-Bold"),
    ),
    "narrow": (_one("roboto_condensed", "RobotoCondensed[wght]"), _one("archivo_narrow", "ArchivoNarrow[wght]")),
    "serif": (
        Face("pt_serif", "PT_Serif-Web-Regular", "PT_Serif-Web-Bold"),
        _one("noto_serif", "NotoSerif[wdth,wght]"),
        _one("source_serif_4", "SourceSerif4[opsz,wght]"),
        _one("libre_baskerville", "LibreBaskerville[wght]"),
    ),
    "mono": (
        Face("ibm_plex_mono", "IBMPlexMono-Regular", "IBMPlexMono-Bold"),
        _one("roboto_mono", "RobotoMono[wght]"),
        _one("inconsolata", "Inconsolata[wdth,wght]"),
    ),
    "hand": (Face("kalam", "Kalam-Light", "Kalam-Regular"), _one("caveat", "Caveat[wght]")),
    "title": (
        _one("oswald", "Oswald[wght]"),
        _one("arimo", "Arimo[wght]"),
        _one("source_serif_4", "SourceSerif4[opsz,wght]"),
    ),
}

UNSEEN: dict[str, tuple[Face, ...]] = {
    "sans": (Face("fira_sans", "FiraSans-Regular", "FiraSans-Bold"), _one("work_sans", "WorkSans[wght]")),
    "narrow": (Face("ibm_plex_sans_condensed", "IBMPlexSansCondensed-Regular", "IBMPlexSansCondensed-Bold"),),
    "serif": (_one("eb_garamond", "EBGaramond[wght]"), _one("lora", "Lora[wght]")),
    "mono": (_one("source_code_pro", "SourceCodePro[wght]"), Face("dm_mono", "DMMono-Regular", "DMMono-Medium")),
    "hand": (_one("shadows_into_light", "ShadowsIntoLight"), _one("indie_flower", "IndieFlower-Regular")),
    "title": (
        Face("zilla_slab", "ZillaSlab-Regular", "ZillaSlab-Bold"),
        Face("fira_sans", "FiraSans-Regular", "FiraSans-Bold"),
    ),
}


@lru_cache(maxsize=512)
def _font(package: str, file: str, quarters: int, bold: bool) -> ImageFont.FreeTypeFont:
    spec = find_spec(f"fontpkg_{package}")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the typeface {package} is missing: install the group papers of pyproject.toml")
    path = Path(spec.origin).parent / "files" / f"{file}.ttf"
    font = ImageFont.truetype(str(path), quarters / 4, layout_engine=ImageFont.Layout.BASIC)
    if "[" in file:
        font.set_variation_by_axes([_axis(axis, bold) for axis in font.get_variation_axes()])
    return font


def _axis(axis: object, bold: bool) -> float:
    assert isinstance(axis, dict)
    name = axis["name"].decode() if isinstance(axis["name"], bytes) else str(axis["name"])
    if name == "Weight":
        return float(min(axis["maximum"], 700 if bold else 400))
    return float(axis["default"])
