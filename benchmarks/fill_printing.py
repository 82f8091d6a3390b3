"""Let approved applications of a filling have been printed, or wait for it: `python -m benchmarks.fill_printing`.

Written past the ledger's trigger (by the superuser, set by set, for speed), as the trigger would have left it: a card,
three entries and a job for each printed application, and the sums of the days.
"""

from __future__ import annotations

import argparse

import psycopg

FIRST_SERIAL = 500_000_000_000  # above the demo's own
_STATEMENTS = (
    """CREATE TEMP TABLE filled AS SELECT a.id, a.owner_id, a.submitted_at, gen_random_uuid() AS product_id,
        gen_random_uuid() AS job_id, gen_random_uuid() AS entry_id,
        row_number() OVER (ORDER BY a.submitted_at) AS place,
        count(*) OVER () AS total FROM applications_application a
        WHERE a.region_id = %(region)s AND a.state = 'approved'
        AND NOT EXISTS (SELECT FROM printing_job j WHERE j.application_id = a.id)
        AND NOT EXISTS (SELECT FROM printing_item i WHERE i.application_id = a.id)""",
    "CREATE TEMP TABLE printed AS SELECT *, %(base)s + place AS serial FROM filled WHERE place <= total - %(waiting)s",
    """INSERT INTO printing_item (product_id, region_id, application_id, owner_id, site_id, step_id, rank, queued_at,
        stopped_reason)
        SELECT product_id, %(region)s, id, owner_id, %(site)s, 'cetak', 1 + (place %% 2),
        submitted_at, '' FROM filled WHERE place > total - %(waiting)s""",
    """INSERT INTO blanks_card (region_id, serial, site_id, place, entry_id)
        SELECT %(region)s, serial, %(site)s, 'printed', entry_id FROM printed""",
    """INSERT INTO blanks_entry (id, region_id, site_id, kind, first, last, quantity, origin, origin_site_id, target,
        printer_id, job_id, reason, words, document, day, at, actor_kind, actor_id)
        SELECT CASE k.kind WHEN 'printed' THEN entry_id ELSE gen_random_uuid() END, %(region)s, %(site)s, k.kind,
        serial, serial, 1, k.origin, CASE k.origin WHEN '' THEN NULL ELSE %(site)s::uuid END, k.target,
        %(printer)s, job_id, '', '', k.note, submitted_at::date, submitted_at, 'system', %(site)s
        FROM printed, (VALUES ('delivered', '', 'stock', 'SJ'), ('loaded', 'stock', 'printer', ''),
        ('printed', 'printer', 'printed', '')) AS k(kind, origin, target, note)""",
    """INSERT INTO printing_job (id, region_id, product_id, application_id, batch_id, site_id, printer_id, serial,
        state, is_sent, asked_at, printed_at, ended_at, outcome, cancel_answer)
        SELECT job_id, %(region)s, product_id, id, %(batch)s, %(site)s, %(printer)s, serial, 'passed', true,
        submitted_at, submitted_at, submitted_at, '', '' FROM printed""",
    """INSERT INTO blanks_day (region_id, site_id, printer_id, day, kind, origin, quantity)
        SELECT %(region)s, %(site)s, %(printer)s, submitted_at::date, 'printed', 'printer', count(*) FROM printed
        GROUP BY submitted_at::date
        ON CONFLICT (region_id, site_id, day, printer_id, kind, origin)
        DO UPDATE SET quantity = blanks_day.quantity + excluded.quantity""",
    """UPDATE blanks_balance SET printed = printed + (SELECT count(*) FROM printed)
        WHERE region_id = %(region)s AND site_id = %(site)s""",
)


def main() -> None:
    """The last `--waiting` approved applications wait, all before them have been printed."""
    parser = argparse.ArgumentParser(description="Fill printing and the ledger")
    parser.add_argument("--superuser-url", required=True)
    parser.add_argument("--region", type=int, default=3374)
    parser.add_argument("--waiting", type=int, required=True)
    options = parser.parse_args()
    with psycopg.connect(options.superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")  # the trigger's work is done below, in sums
        (base,) = connection.execute(
            "SELECT greatest(%s, coalesce(max(serial), 0)) FROM blanks_card WHERE region_id = %s",
            [FIRST_SERIAL, options.region],
        ).fetchone() or (FIRST_SERIAL,)
        found = connection.execute(
            "SELECT id, site_id FROM printing_printer WHERE region_id = %s LIMIT 1", [options.region]
        ).fetchone()
        assert found, "the demo's place has a printer"
        printer, site = found
        batch = connection.execute(
            "INSERT INTO printing_batch (id, region_id, site_id, printer_id, made_at, actor_id)"
            " VALUES (gen_random_uuid(), %s, %s, %s, now(), %s) RETURNING id",
            [options.region, site, printer, site],
        ).fetchone()
        assert batch
        values = {
            "region": options.region, "site": site, "printer": printer, "batch": batch[0], "base": base,
            "waiting": options.waiting,
        }  # fmt: skip
        for statement in _STATEMENTS:
            connection.execute(statement, values)
    with psycopg.connect(options.superuser_url, autocommit=True) as connection:
        for table in ("blanks_card", "blanks_entry", "blanks_day", "printing_item", "printing_job"):
            connection.execute(f"VACUUM ANALYZE {table}")


if __name__ == "__main__":
    main()
