"""Run by `python -m sandbox.population_register --port N --data DIR [--seed N] [--start-day YYYY-MM-DD]`."""

from __future__ import annotations

from datetime import date

from sandbox.http_process import Server, argument_parser
from sandbox.population_register.population import DEFAULT_PEOPLE, DEFAULT_SEED, build
from sandbox.population_register.server import Login, handler_for


def main() -> None:
    """Make the population, then answer until stopped."""
    parser = argument_parser("A stand-in for the national data warehouse with fictional people")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--start-day", type=date.fromisoformat, default=None, help="ages are counted on this day")
    parser.add_argument("--people", type=int, default=DEFAULT_PEOPLE)
    parser.add_argument("--login", default="adminduk:demo:demo", help="consumer:user:password")
    options = parser.parse_args()
    start_day = options.start_day or date.today()
    population = build(seed=options.seed, start_day=start_day, people=options.people)
    handler = handler_for(population, start_day=start_day, login=Login.parse(options.login))
    Server((options.host, options.port), handler).serve_forever()


if __name__ == "__main__":
    main()
