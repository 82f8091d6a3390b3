"""The ledger's own arithmetic: one trigger books each entry, under the lock of its sites' balances.

It is the guard's (SECURITY DEFINER), because the portal's role may not write what it computes.
"""

from django.db import migrations

ZERO = "00000000-0000-0000-0000-000000000000"
# What each kind takes from where to where. "spoiled" may come from three places; which, the cards themselves say.
MOVES = """
    CASE NEW.kind
        WHEN 'delivered' THEN froms := ARRAY[]::text[]; NEW.target := 'stock';
        WHEN 'sent' THEN froms := ARRAY['stock']; NEW.target := 'moving';
        WHEN 'received' THEN froms := ARRAY['moving']; NEW.target := 'stock';
        WHEN 'loaded' THEN froms := ARRAY['stock']; NEW.target := 'printer';
        WHEN 'unloaded' THEN froms := ARRAY['printer']; NEW.target := 'stock';
        WHEN 'printed' THEN froms := ARRAY['printer']; NEW.target := 'printed';
        WHEN 'spoiled' THEN froms := ARRAY['stock', 'printer', 'printed']; NEW.target := 'spoiled';
        WHEN 'destroyed' THEN froms := ARRAY['spoiled']; NEW.target := 'destroyed';
        WHEN 'missing' THEN froms := ARRAY['stock', 'moving']; NEW.target := 'missing';
        WHEN 'found' THEN froms := ARRAY['missing']; NEW.target := 'stock';
        WHEN 'counted' THEN froms := ARRAY[]::text[]; NEW.target := '';
        ELSE RAISE EXCEPTION 'unknown kind' USING ERRCODE = 'check_violation', CONSTRAINT = 'blanks_kind';
    END CASE;
"""
PLACES = ("stock", "moving", "printer", "printed", "spoiled", "destroyed", "missing")
TAKE = ", ".join(
    f"{place} = {place} - CASE WHEN NEW.origin = '{place}' THEN NEW.quantity ELSE 0 END" for place in PLACES
)
GIVE = ", ".join(
    f"{place} = {place} + CASE WHEN NEW.target = '{place}' THEN NEW.quantity ELSE 0 END" for place in PLACES
)
REFUSE = "RAISE EXCEPTION '{text}' USING ERRCODE = 'check_violation', CONSTRAINT = 'blanks_{code}'"
BOOK = f"""
SET ROLE adminduk_guard;
CREATE FUNCTION sec.lock_blanks(region int, sites uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $guard$
BEGIN
    INSERT INTO blanks_balance (region_id, site_id, stock, moving, printer, printed, spoiled, destroyed, missing)
        SELECT region, s, 0, 0, 0, 0, 0, 0, 0 FROM unnest(sites) s ORDER BY s ON CONFLICT DO NOTHING;
    PERFORM 1 FROM blanks_balance b WHERE b.region_id = region AND b.site_id = ANY (sites) ORDER BY b.site_id FOR UPDATE;
END $guard$;

CREATE FUNCTION sec.book_blanks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $guard$
DECLARE
    froms text[];
    touched int;
    places text[];
BEGIN
    {MOVES}
    NEW.origin := ''; NEW.origin_site_id := NULL; NEW.quantity := 0; NEW.expected := NULL;
    IF NEW.kind = 'received' THEN
        SELECT c.site_id INTO NEW.origin_site_id FROM blanks_card c
            WHERE c.region_id = NEW.region_id AND c.serial = NEW.first;
    END IF;
    PERFORM sec.lock_blanks(NEW.region_id, array_remove(ARRAY[NEW.site_id, NEW.origin_site_id], NULL));
    IF NEW.kind = 'counted' THEN
        SELECT b.stock INTO NEW.expected FROM blanks_balance b
            WHERE b.region_id = NEW.region_id AND b.site_id = NEW.site_id;
        RETURN NEW;
    END IF;
    IF NEW.kind = 'loaded' AND NEW.first IS NULL THEN
        SELECT c.serial INTO NEW.first FROM blanks_card c WHERE c.region_id = NEW.region_id
            AND c.site_id = NEW.site_id AND c.place = 'stock' ORDER BY c.serial LIMIT 1;
        IF NOT FOUND THEN {REFUSE.format(text="no blank card is left here", code="stock_empty")}; END IF;
        NEW.last := NEW.first;
    END IF;
    IF NEW.first IS NULL OR NEW.last IS NULL OR NEW.last < NEW.first OR NEW.last - NEW.first >= 1000000 THEN
        {REFUSE.format(text="range", code="range")};
    END IF;
    NEW.quantity := NEW.last - NEW.first + 1;
    IF NEW.kind IN ('loaded', 'unloaded', 'printed') AND NEW.quantity <> 1 THEN
        {REFUSE.format(text="one card at a time", code="range")};
    END IF;
    IF NEW.kind = 'delivered' THEN
        INSERT INTO blanks_card (region_id, serial, site_id, place, entry_id)
            SELECT NEW.region_id, s, NEW.site_id, 'stock', NEW.id FROM generate_series(NEW.first, NEW.last) s;
    ELSE
        SELECT array_agg(DISTINCT c.place) INTO places FROM blanks_card c
            WHERE c.region_id = NEW.region_id AND c.serial BETWEEN NEW.first AND NEW.last;
        IF places IS NULL OR array_length(places, 1) <> 1 OR NOT places[1] = ANY (froms) THEN
            {REFUSE.format(text="these cards are not there", code="not_there")};
        END IF;
        NEW.origin := places[1];
        NEW.origin_site_id := coalesce(NEW.origin_site_id, NEW.site_id);
        IF NEW.kind = 'destroyed' AND EXISTS (SELECT FROM blanks_card c JOIN blanks_entry e ON e.id = c.entry_id
                WHERE c.region_id = NEW.region_id AND c.serial BETWEEN NEW.first AND NEW.last
                AND e.actor_id = NEW.actor_id) THEN
            {REFUSE.format(text="a second person confirms", code="two_people")};
        END IF;
        IF NEW.kind = 'sent' AND (NEW.to_site_id IS NULL OR NEW.to_site_id = NEW.site_id) THEN
            {REFUSE.format(text="whither", code="whither")};
        END IF;
        UPDATE blanks_card c SET place = NEW.target, site_id = NEW.site_id, entry_id = NEW.id,
                to_site_id = CASE WHEN NEW.kind = 'sent' THEN NEW.to_site_id END
            WHERE c.region_id = NEW.region_id AND c.serial BETWEEN NEW.first AND NEW.last
            AND c.place = NEW.origin AND c.site_id = NEW.origin_site_id
            AND (NEW.kind <> 'received' OR c.to_site_id = NEW.site_id);
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched <> NEW.quantity THEN
            {REFUSE.format(text="these cards are not there", code="not_there")};
        END IF;
        UPDATE blanks_balance SET {TAKE} WHERE region_id = NEW.region_id AND site_id = NEW.origin_site_id;
    END IF;
    UPDATE blanks_balance SET {GIVE} WHERE region_id = NEW.region_id AND site_id = NEW.site_id;
    INSERT INTO blanks_day (region_id, site_id, printer_id, day, kind, origin, quantity)
        VALUES (NEW.region_id, NEW.site_id, coalesce(NEW.printer_id, '{ZERO}'), NEW.day, NEW.kind, NEW.origin,
            NEW.quantity)
        ON CONFLICT (region_id, site_id, day, printer_id, kind, origin)
        DO UPDATE SET quantity = blanks_day.quantity + excluded.quantity;
    RETURN NEW;
END $guard$;

CREATE FUNCTION sec.check_old_card_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $guard$
BEGIN
    IF EXISTS (SELECT FROM blanks_oldcard o WHERE o.id = NEW.old_card_id
            AND (o.actor_id = NEW.actor_id OR o.region_id <> NEW.region_id)) THEN
        {REFUSE.format(text="a second person confirms", code="two_people")};
    END IF;
    RETURN NEW;
END $guard$;
REVOKE ALL ON FUNCTION sec.lock_blanks(int, uuid[]), sec.book_blanks(), sec.check_old_card_end() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.book_blanks(), sec.check_old_card_end() TO adminduk_owner;
RESET ROLE;
CREATE TRIGGER book BEFORE INSERT ON blanks_entry FOR EACH ROW EXECUTE FUNCTION sec.book_blanks();
CREATE TRIGGER two_people BEFORE INSERT ON blanks_oldcardend
    FOR EACH ROW EXECUTE FUNCTION sec.check_old_card_end();
"""


class Migration(migrations.Migration):
    dependencies = [("blanks", "0002_row_security")]
    operations = [migrations.RunSQL(BOOK)]
