"""A small grammar that writes news articles about invented states, for the generator of edited copies.

The articles need not be good; they need varied words, the shape of news (the news first, background last) and stock phrases
that several stories share.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from evals.copies_articles import Article

_ONSETS = [
    "b", "br", "c", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v",
    "w",
]  # fmt: skip
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea"]
_CODAS = ["l", "n", "r", "s", "t", "nd", "rk", "ll", "m"]
STATES = (
    "Sorvia", "Kelvary", "Halden", "Valdria", "Merrow", "Tarn", "Ostmere", "Galdany", "Brissen", "Quorra", "Lethia",
    "Umbria Minor",
)  # fmt: skip
_OFFICES = (
    "Foreign Minister", "Defense Minister", "Prime Minister", "President", "Interior Minister", "Trade Commissioner",
    "Army Chief", "Ambassador", "Chief Prosecutor", "Transport Minister", "Mayor", "Union leader",
)  # fmt: skip
_BODIES = (
    "the border guard", "the coastal police", "the finance ministry", "the national bank", "the weather service",
    "the farmers' league", "the election board", "the army command", "the refugee office", "the port authority",
    "the railway union", "the court of audit", "the health inspectorate", "the mission's observers", "the opposition",
    "the governor's office", "the armored brigade", "the customs service", "the aid convoy", "the air traffic center",
)  # fmt: skip
_VERBS = (
    "closed", "inspected", "reopened", "criticized", "defended", "postponed", "surrounded", "evacuated", "rebuilt",
    "recognized", "abandoned", "searched", "insured", "photographed", "occupied", "canceled", "repaired", "blocked",
    "audited", "leased", "flooded", "praised", "disputed", "organized", "fortified", "mapped", "privatized", "guarded",
)  # fmt: skip
_THINGS = (
    "two bridges", "a customs shed", "the northern pipeline", "a radar station", "the grain terminal", "a row of farmhouses",
    "the lower canal", "a village school", "the old airfield", "a fuel depot", "the ferry landing", "a monastery",
    "the mountain road", "an ammunition store", "the textile mill", "a fishing harbor", "the power plant", "a tram line",
    "the court archive", "a field hospital", "the southern checkpoint", "a salt mine", "the reservoir", "a hillside vineyard",
    "the labor exchange", "a theater", "the census office", "an island lighthouse", "the timber yard", "a cable factory",
)  # fmt: skip
_TIMES = (
    "shortly after dawn", "late in the evening", "during the lunch hour", "for the second time this year", "without notice",
    "after weeks of rain", "in front of cameras", "on the advice of lawyers", "at the request of residents", "before the vote",
    "while talks went on", "in defiance of a court order", "with the help of volunteers", "under heavy guard",
    "as snow began to fall", "at a cost nobody would name", "despite three warnings", "to general surprise",
)  # fmt: skip
_WHYS = (
    "because the lease had run out", "so that engineers could measure the damage", "although nobody had been hurt",
    "which its critics called a stunt", "and promised to publish the plans", "but gave no date for the next step",
    "a step that neighbors had feared since spring", "as it had done in each of the past {n} years",
    "after {n} witnesses had been heard", "and put the damage at {n} million crowns", "in an operation that took {n} hours",
    "where {n} families have lived since the armistice", "which employs about {n} people",
)  # fmt: skip
_QUOTES = (
    "We were told to wait and we have waited long enough", "There is a door and there is a key, and they hold neither",
    "This is not about {thing}, it is about who may decide", "I have read the paper twice and found no promise in it",
    "Nobody will move {thing} by shouting at it", "Our neighbors should count to {n} before they speak",
    "The figures were wrong in March and they are wrong now", "If {thing} falls, the valley goes with it",
    "We shall answer in our own time and in our own words", "It took {n} years to build and one night to lose",
    "You cannot sign a treaty with a fog bank", "They came with {n} trucks and left with {n2}",
    "What happened at {place} must not happen to anybody else", "We offered them {thing} and they asked for the sky",
    "My mother walked that road and so will my children", "An inquiry with no minutes is a dinner",
    "The law is clear, and it is clearly on our side", "I would rather be late than be fooled",
)  # fmt: skip
_STOCK = (
    "The two sides have not met since talks in {place} broke down in {month}.",
    "The official spoke on condition of anonymity because he was not authorized to discuss the matter publicly.",
    "Calls to the ministry's press office in {place} were not immediately returned.",
    "More than {n} people have been killed in the conflict since it began {n2} years ago, according to aid groups.",
    "{state} has repeatedly denied supplying weapons to either side.",
    "A decision is expected by the end of the month.",
)
_BACKGROUND = (
    "{state} and {state2} have disputed the {name} plateau since {state2} declared its independence {n} years ago. A ceasefire signed in "
    "{place} halted most of the fighting, but monitors record violations nearly every night, and neither government has withdrawn "
    "the heavy guns that the agreement bans.",
    "The {name} pipeline, which carries about a third of the gas used in {state}, was built by a consortium of {n} companies and has "
    "been shut four times by strikes, twice by sabotage and once by a landslide. Its owners and the government have been in "
    "court over transit fees since {month}.",
    "{state}'s economy shrank by {n} percent last year, the steepest fall since the currency was floated. The government blames "
    "sanctions imposed by {state2}, while economists point to a poor harvest, an aging labor force and the collapse of two "
    "savings banks in {place}.",
    "The mission was set up under the {place} protocol and has about {n} observers from eleven countries. It has no power to arrest "
    "anyone and depends on both governments for fuel, visas and permission to fly its two small airplanes.",
    "{state} joined the customs union {n} years ago after a referendum that the opposition boycotted. Its farmers receive subsidies "
    "worth a fifth of the national budget, and a program to reduce them has been delayed by three governments in a row.",
    "Relations between {state} and {state2} soured after a patrol boat sank near {place} with {n} sailors aboard. An inquiry by "
    "retired judges blamed a mine left over from an earlier war; the sailors' families have never accepted that finding.",
    "Under the {name} agreement both armies were to pull their artillery back {n} kilometers and to exchange all prisoners before the "
    "winter. Each published a list of the other's breaches, and the exchange stopped after a first bus had crossed the bridge.",
    "About {n} thousand people fled the lowlands when the dam at {place} broke. Many still live in barracks outside the capital, and a "
    "court has yet to decide whether the builder, the ministry or the rain was to blame.",
    "The shipyards of {place} once employed every second man in the province. Since the last order for a tanker was canceled they have "
    "repaired fishing boats, built wind turbines and, for one summer, rented their cranes to a circus.",
    "{name}, a colonel who came to power in a coup and left it in an election, remains the most popular politician in the south. He lives "
    "on a farm without a telephone and receives visitors on {day}s.",
    "Shepherds and miners have quarreled over the upper pastures for generations. A royal charter gives them to the first, a decree "
    "to the second, and a map in the museum of {place} shows a lake there.",
    "The two countries share a language, a railway gauge and a patron saint, but no border crossing has been open to private cars since "
    "the tariff war. Letters between them travel by way of {state2} and take {n} days.",
    "Inflation has made the smallest coin worth less than its metal, and the mint in {place} stopped striking it in {month}. Shops round "
    "their prices, not always downward, and a consumers' society keeps a register of complaints.",
    "The observatory was founded by a hat maker who left it his fortune on condition that it never be electrified. Its records of the "
    "river, taken by lamplight every evening, go back further than those of any ministry.",
    "Uranium was found near {place} during the search for a lost mule. The mine employs {n} people, pays a quarter of the province's "
    "taxes and has been the subject of four referendums, each of which was decided by fewer than a hundred votes.",
    "The guild of pilots has steered every ship through the narrows since they were dredged. It elects its own master, trains its own "
    "children and has been on strike only once, over the color of a lamp.",
    "A truce brokered by {state2} has been extended {n} times, usually on its last night. Diplomats say that it survives because neither "
    "command wants to be the first to explain to parents what a new offensive would be for.",
    "The province sends eleven deputies to parliament and has not agreed with the capital on a school calendar since the language "
    "law was passed. Teachers are paid twice in some villages and not at all in others.",
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LOCAL = (
    "Families in {town} with relatives in {state} woke to unsettling news this week, and many spent the day by the telephone.",
    "{town} may lie far from {state}, but the firms on its industrial estate sell half of what they make there.",
    "The quarrel between {state} and its neighbors reached the council chamber of {town}, where a motion of concern was tabled.",
    "Shipping agents in {town} said they were watching events in {state} by the hour and had already rerouted {n} containers.",
    "Students from {state} gathered outside the library in {town} to follow the news and to light candles.",
)
_CAPTIONS = (
    "A view of {place} in {month}. Photo: {name} Agency", "People walk past {thing} near {place} on {day}. ({name}/Pool)",
    "{person} speaks to reporters in {place}, {month} {n}.", "File picture: {thing} outside {place}",
)  # fmt: skip
_HEADLINES = (
    "{state} under pressure over {thing}", "Dispute over {thing} deepens", "{person} speaks out after {place} incident",
    "{n} days on, no answer from {state}", "Neighbors alarmed as {state} digs in", "What we know about {place}",
    "{state}: new row, old wounds", "'We shall answer': {state} and the case of {thing}",
)  # fmt: skip


class Writer:
    """Writes articles and parts of articles from one stream of random numbers."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._background = [self.fill(t) for t in _BACKGROUND]

    def article(self, day: str) -> Article:
        """An article of 8 to 16 paragraphs, its news first, with a background paragraph that other articles may share."""
        state, place = self.random.choice(STATES), self.name()
        people = [self.person() for _ in range(3)]
        paragraphs = [self._opening(state, place)]
        for _ in range(self.random.randint(5, 11)):
            paragraphs.append(self._paragraph(state, place, people))
        paragraphs.append(self.background())
        if self.random.random() < 0.5:
            paragraphs.append(self.fill(self.random.choice(_STOCK), state=state))
        return Article(self.headline(state, place), place.upper(), day, tuple(paragraphs))

    def news(self, state: str, place: str, count: int) -> list[str]:
        """Paragraphs of fresh news for an update."""
        people = [self.person() for _ in range(2)]
        return [self._opening(state, place)] + [self._paragraph(state, place, people) for _ in range(count - 1)]

    def headline(self, state: str = "", place: str = "") -> str:
        """A headline."""
        return self.fill(
            self.random.choice(_HEADLINES), state=state or self.random.choice(STATES), place=place or self.name()
        )

    def background(self) -> str:
        """One of the background paragraphs that all stories of the writer have in common."""
        return self.random.choice(self._background)

    def local(self, state: str) -> str:
        """A first paragraph for the readers of one town."""
        return self.fill(self.random.choice(_LOCAL), state=state)

    def caption(self) -> str:
        """The caption of a picture."""
        return self.fill(self.random.choice(_CAPTIONS))

    def name(self) -> str:
        """An invented proper name."""
        parts = self.random.randint(2, 3)
        made = "".join(self.random.choice(_ONSETS) + self.random.choice(_VOWELS) for _ in range(parts))
        return (made + self.random.choice(_CODAS)).capitalize()

    def person(self) -> str:
        """An invented office and person."""
        return f"{self.random.choice(_OFFICES)} {self.name()} {self.name()}"

    def fill(self, template: str, **given: str) -> str:
        """The template with its slots filled."""
        values = {
            "state": self.random.choice(STATES), "state2": self.random.choice(STATES), "place": self.name(), "name": self.name(),
            "town": self.name(), "n": str(self.random.randint(3, 96)), "n2": str(self.random.randint(3, 40)),
            "thing": self.random.choice(_THINGS), "month": self.random.choice(_MONTHS), "day": self.random.choice(_DAYS),
            "person": self.person(), **given,
        }  # fmt: skip
        return template.format(**values)

    def _opening(self, state: str, place: str) -> str:
        day = self.random.choice(_DAYS)
        return f"{state} said on {day} that {self._clause()} near {place}, {self.fill(self.random.choice(_WHYS))}."

    def _clause(self) -> str:
        pick = self.random.choice
        return f"{pick(_BODIES)} had {pick(_VERBS)} {pick(_THINGS)} {pick(_TIMES)}"

    def _fact(self) -> str:
        pick = self.random.choice
        body = pick(_BODIES)
        return f"{body[0].upper()}{body[1:]} {pick(_VERBS)} {pick(_THINGS)} {pick(_TIMES)}, {self.fill(pick(_WHYS))}."

    def _paragraph(self, state: str, place: str, people: Sequence[str]) -> str:
        shape = self.random.random()
        person = self.random.choice(people)
        short = person.split()[-1]
        quote = self.fill(self.random.choice(_QUOTES), state=state, place=place)
        if shape < 0.3:
            return f'"{quote}," said {person}. {self._fact()}'
        if shape < 0.5:
            return f'{self._fact()} {short} added: "{quote}."'
        if shape < 0.65:
            return f"{person} told reporters that {self._clause()}. {self._fact()}"
        if shape < 0.75:
            return f"{self.fill(self.random.choice(_STOCK), state=state)} {self._fact()}"
        return " ".join(self._fact() for _ in range(self.random.randint(1, 3)))
