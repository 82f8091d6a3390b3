"""Pas foto with a drawn figure, and a damaged card: no face of anybody."""

from __future__ import annotations

from PIL import Image, ImageDraw

from sandbox.population_register.person import Person
from sandbox.story_documents.dossier import Dossier, place, sex_word, short_date
from sandbox.story_documents.figure import draw_figure
from sandbox.story_documents.paper import Paper, type_of


def pas_foto(dossier: Dossier) -> Image.Image:
    """3 × 4 with the background of the birth year: red for odd, blue for even."""
    image = draw_figure(dossier, (1200, 1600))
    ImageDraw.Draw(image).text((600, 1540), "CONTOH · SPECIMEN", fill="white", font=type_of(54), anchor="ma")
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
