"""Pas foto with a drawn figure, and a damaged card: no face of anybody."""

from __future__ import annotations

from PIL import Image, ImageDraw

from sandbox.population_register.person import FEMALE, Person
from sandbox.story_documents.dossier import Dossier, place, sex_word, short_date
from sandbox.story_documents.paper import Paper, type_of

_RED, _BLUE = (196, 42, 46), (38, 92, 178)
_SKIN = ((224, 178, 140), (198, 146, 106), (141, 93, 64), (110, 72, 50))


def pas_foto(dossier: Dossier) -> Image.Image:
    """3 × 4 with the background of the birth year: red for odd, blue for even."""
    image = draw_figure(dossier, (1200, 1600))
    ImageDraw.Draw(image).text((600, 1540), "CONTOH · SPECIMEN", fill="white", font=type_of(54), anchor="ma")
    return image


def draw_figure(dossier: Dossier, size: tuple[int, int]) -> Image.Image:
    """Head and shoulders of a drawn figure; colours by chance of the story's key."""
    person, rng = dossier.person, dossier.chance("figure")
    width, height = size
    image = Image.new("RGB", size, _RED if person.birth_date.year % 2 else _BLUE)
    draw = ImageDraw.Draw(image)
    skin, cloth = rng.choice(_SKIN), rng.choice(((60, 66, 90), (238, 238, 232), (72, 96, 80), (120, 60, 70)))
    x, eye = width / 2, height * 0.42
    has_veil = person.sex == FEMALE and person.religion == "ISLAM"
    hair = cloth if has_veil else (38, 30, 28)
    if person.sex == FEMALE:
        draw.ellipse((x - width * 0.27, height * 0.16, x + width * 0.27, height * 0.80), fill=hair)
    draw.ellipse((x - width * 0.42, height * 0.70, x + width * 0.42, height * 1.3), fill=cloth)
    draw.rectangle((x - width * 0.08, height * 0.58, x + width * 0.08, height * 0.74), fill=hair if has_veil else skin)
    draw.ellipse((x - width * 0.21, height * 0.22, x + width * 0.21, height * 0.64), fill=skin)
    draw.chord((x - width * 0.22, height * 0.18, x + width * 0.22, height * 0.50), 180, 360, fill=hair)
    size_of_eye = width * 0.013
    for side in (-1, 1):
        middle = x + side * width * 0.08
        draw.ellipse(
            (middle - size_of_eye, eye - size_of_eye, middle + size_of_eye, eye + size_of_eye), fill=(30, 26, 26)
        )
    draw.line((x, height * 0.44, x - width * 0.015, height * 0.51), fill=(90, 60, 44), width=6)
    draw.arc((x - width * 0.07, height * 0.49, x + width * 0.07, height * 0.57), 20, 160, fill=(120, 50, 50), width=8)
    return image


def ktp_rusak(dossier: Dossier) -> Image.Image:
    """The card: faded, cracked across, one corner gone; its numbers are still readable."""
    person = dossier.person
    paper = Paper(1500, 946, tint=(176, 206, 226))
    paper.middle(40, f"PROVINSI {place(person, 2)}", 44)
    paper.middle(96, place(person, 5), 40)
    paper.text(60, 165, f"NIK : {person.nik}", 56)
    paper.fields(60, 250, _rows(person), size=32, gap=330, step=52)
    paper.image.paste(draw_figure(dossier, (300, 400)), (1130, 250))
    paper.text(1280, 670, place(person, 5), 26, anchor="ma")
    paper.mark_as_specimen()
    return _break(paper.image, dossier)


def _rows(person: Person) -> list[tuple[str, str]]:
    return [
        ("Nama", person.name),
        ("Tempat/Tgl Lahir", f"{person.birth_place}, {short_date(person.birth_date)}"),
        ("Jenis Kelamin", f"{sex_word(person)}   Gol. Darah: {person.blood_type}"),
        ("Alamat", person.address),
        ("   RT/RW", f"{person.rt:03d}/{person.rw:03d}"),
        ("   Kel/Desa", place(person, 13)),
        ("   Kecamatan", place(person, 8)),
        ("Agama", person.religion),
        ("Status Perkawinan", person.marital_status),
        ("Pekerjaan", person.occupation),
        ("Kewarganegaraan", "WNI"),
        ("Berlaku Hingga", "SEUMUR HIDUP"),
    ]


def _break(card: Image.Image, dossier: Dossier) -> Image.Image:
    rng = dossier.chance("crack")
    draw = ImageDraw.Draw(card)
    width, height = card.size
    points: list[tuple[float, float]] = [(width * 0.68, 0.0)]
    while points[-1][1] < height:
        points.append((points[-1][0] + rng.randrange(-46, 30), points[-1][1] + rng.randrange(30, 70)))
    draw.line(points, fill=(246, 246, 244), width=13)
    draw.line([(x + 7, y) for x, y in points], fill=(70, 70, 74), width=4)
    for _ in range(14):
        x, y = rng.randrange(width), rng.randrange(height)
        draw.ellipse((x, y, x + rng.randrange(8, 60), y + rng.randrange(4, 18)), fill=(232, 234, 232))
    draw.polygon(
        [(width, height), (width - 210, height), (width - 90, height - 70), (width, height - 190)], fill=(96, 70, 50)
    )
    return card
