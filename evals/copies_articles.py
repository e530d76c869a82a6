"""Twelve news articles about invented states, written for the generator of edited copies.

Every name in them is invented. Each article is a headline and paragraphs in American house style.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A news text before anybody edits it: headline, place of filing, day (ISO), paragraphs."""

    headline: str
    place: str
    day: str
    paragraphs: tuple[str, ...]


def _article(headline: str, place: str, day: str, text: str) -> Article:
    return Article(headline, place, day, tuple(" ".join(p.split()) for p in text.strip().split("\n\n")))


WRITTEN = (
    _article(
        "Kelvary Recalls Envoy Over Harbor Search",
        "TESSEN",
        "2034-02-11",
        """
Kelvary called its ambassador home from Sorvia on Saturday after customs officers boarded one of its grain ships and held
the crew for nine hours in the outer harbor of Tessen.

Foreign Minister Ilse Farrant said the search was "piracy with a rubber stamp" and demanded the return of two crates that
the officers had carried off.

Sorvia's customs service said that it had acted on a tip about undeclared radio parts, and that the crates would be opened in
the presence of a lawyer named by the ship's owner.

The captain, Bo Tremlett, told a local radio station by telephone that the officers had been polite but had emptied the
pantry. "They counted the onions," he said.

Port records show that the ship, the Lady Amaranth, had called at Tessen eleven times since spring without being inspected.

Traders said the dispute could hold up deliveries of winter barley, most of which passes through the harbor. Two other
captains have asked for permission to wait outside territorial waters until the matter is settled.

The two governments signed a fisheries accord in August and had planned to extend it to freight. That meeting, due
next Thursday in the hill town of Orvane, has been put off without a new date.

A spokeswoman for the Sorvian prime minister declined to comment on the recall, saying only that the embassy's
heating bill had been paid through April.
""",
    ),
    _article(
        "Judges Strike Down Valdrian Press Law",
        "OSTERLEY",
        "2034-03-02",
        """
Valdria's highest court on Thursday threw out a law that would have let ministers close a newspaper for ninety days
without a hearing, ruling by five votes to four that the constitution left no room for it.

Chief Justice Maud Penhallow wrote that a government "may answer a newspaper, sue a newspaper or ignore a newspaper, but
it may not put one to bed."

The minority argued that the court had weighed a law that had never been used. Three of the four dissenting judges
were named by the present government.

Interior Minister Cass Overbury said he would study the judgment before deciding whether to bring a new bill. "We have lost
an afternoon, not an argument," he told reporters on the courthouse steps.

Editors of the Osterley Lantern, which had challenged the statute, rang a handbell in their newsroom when the verdict came.

The law was drafted last spring, after the paper published minutes of a cabinet meeting at which the price of bread was
discussed for four hours. Overbury then accused its editor of theft, which she denied.

Journalists' associations in seven countries had sent briefs to the court. One of them, from the Republic of Tarn, ran to
312 pages and included a history of the printing press.

Parliament returns from its recess on March 20.
""",
    ),
    _article(
        "Tunnel Fire Strands Hundreds Under Merrow Strait",
        "PENCARROW",
        "2034-03-19",
        """
A burning truck filled the Merrow Strait tunnel with smoke on Sunday and left more than 400 travelers waiting in
the service gallery for most of the night, rescue workers said.

Nobody was killed. Fourteen people were treated for smoke, among them a violin maker who went back for an instrument.

"We walked in a line and each held the coat of the one in front," said passenger Dinah Rusk, 61, who was on her way to
a christening. "Somebody started to sing and somebody else told him to save his breath."

The fire broke out at 9:40 p.m., about six kilometers from the northern mouth. Sprinklers came on within a minute, but the
fans that should have cleared the gallery were slow to start.

Tunnel director Amory Vance said that the fans had been tested in January. He promised to publish the record of the test.

Ferries, which lost most of their trade when the tunnel opened in 2029, were asked to run extra crossings. One company
sent a paddle steamer that normally takes tourists to see puffins.

Engineers will inspect the concrete before trains return, a task that may take four days. Until then freight will go by the
long road through Sellack.

The transport ministries of both shores have each opened an inquiry, and each says that it will be the only one.
""",
    ),
    _article(
        "Tarn Voters Keep Coalition by a Whisker",
        "LOWER HEAVENLEY",
        "2034-04-09",
        """
The governing coalition in the Republic of Tarn held on to power in Sunday's election by a single seat, according to a count that
was finished shortly before breakfast.

Prime Minister Hester Quillan's Orchard Party and its two allies won 76 of the 151 seats in the assembly. The opposition League
of Towns took 70, and independents five.

"A majority of one is a majority," Quillan told supporters who had slept on the floor of a dance hall. "We shall all
have to look after our health."

League leader Piers Ottaway conceded at seven in the morning but asked for a recount in the district of Upper Wend, where
the margin was nine votes.

Turnout was 81 percent, the highest since the republic was founded, in spite of sleet in the uplands. Election
observers praised the count and criticized the queues.

The campaign turned on the price of heating oil and on whether Tarn should let Kelvary use the airfield at Mossop. Quillan is
against, two of her ministers are in favor.

The new assembly has to choose a speaker by the end of the month. The speaker does not vote, which would leave the government with
half of the seats.

Ottaway said that arithmetic was on his side and that he could wait.
""",
    ),
    _article(
        "Drought Talks End With a Timetable and a Quarrel",
        "ORVANE",
        "2034-05-23",
        """
Four states that share the river Ammer agreed on Tuesday to let more water through their dams from the first of July, but
could not agree on who should measure it.

The timetable, three pages long, asks Sorvia to release 140 cubic meters a second in dry months and Kelvary to close two canals at
night. Halden and Tarn, which lie downstream, will pay for new sluices.

"The river does not read timetables," said Halden's chief negotiator, Ottilie Brand. "That is why we asked for gauges."

Sorvia offered to install the gauges itself. Halden called this letting the baker weigh the loaf, and proposed the observatory at
Lake Sarn.

Sorvia's delegate, Emeric Tolland, rejected that as an insult to his country's engineers. He left before the closing
dinner but signed the document first.

Farmers on the lower Ammer have lost a third of their maize since last summer. In some villages drinking water comes by train.

A joint commission will meet in September to look at the first figures. It has no secretariat, no budget and, so far, no chair.

The Ammer states have held talks of this kind eleven times since 2019. A treaty signed in 2026 lapsed when only one parliament
ratified it.
""",
    ),
    _article(
        "Halden Tests Missile, Neighbors Demand Notice",
        "STAVELY",
        "2034-06-14",
        """
Halden fired a missile into the northern ocean on Wednesday without the warning that it had promised its neighbors, and
said afterward that a clerk had sent the notice to an old address.

The defense ministry described the launch as a test of a motor. It said the missile flew 310 kilometers and fell inside
a closed zone.

Sorvia and the Republic of Tarn both demanded an explanation. "An apology that arrives after the bang is a kind of echo,"
said Tarn's foreign minister, Leander Coyle.

Fishermen from Pencarrow reported a white trail and two dull sounds at about half past four in the morning.

Under the Stavely Protocol of 2031 launches have to be announced five days ahead. It was the third test this year and the first
that nobody was told about.

Deputy Defense Minister Corin Hale said that the official responsible had been moved to the archive. He denied that the omission
was deliberate, and accused Sorvia of "counting our mistakes and hiding its own."

A Sorvian frigate has been watching the test range since April. Its crew noted the launch at 4:31.

Analysts at the Lake Sarn observatory said the motor seemed larger than any Halden had shown before. They cautioned that the
trail had been filmed from a moving boat.
""",
    ),
    _article(
        "Strike Shuts Sorvian Railways for Third Day",
        "TESSEN",
        "2034-07-06",
        """
No train ran in Sorvia on Thursday for the third day in a row as drivers and signal staff kept up a strike over night
duty, and the government said it would not call in the army to drive them.

The Union of Railway Trades wants nights limited to eight a month and a bonus of 40 crowns for each. The state railway has
offered ten and 25.

"Nobody becomes a signalman to get rich, but one would like to see one's children in daylight," said union chair
Bettina Cole.

Railway president Hugo Marchmont called the demand unaffordable. He said that every day of the strike cost two million crowns,
and invited the union to a meeting on Friday without conditions.

In the capital, commuters shared cars or walked. A rowing club ferried nurses across the river to the Alder hospital.

Coal deliveries to two power stations have been moved to barges. The energy ministry said stocks would last until the
twentieth.

The last strike of this length, in 2027, ended when a mediator locked both sides in a dining car and went home. Cole and
Marchmont were in that dining car, on the same side of the table.

A poll for the Tessen Mercury found that 58 percent of those asked supported the strikers, and that 61 percent wished they
would stop.
""",
    ),
    _article(
        "Museum Returns Bronze Heron to Island of Merrow",
        "PENCARROW",
        "2034-08-17",
        """
After 140 years in a Valdrian museum, a bronze heron that fishermen once touched for luck came home to Merrow on
Thursday in the hold of a mail boat.

Several thousand people lined the quay at Pencarrow as six oarsmen carried the crate ashore. Schools had closed for the
morning.

"It is smaller than in my grandmother's story," said Agnes Tull, 83, who was allowed to open the lid. "So was she, in the end."

The National Museum in Osterley had refused to part with the bird until an archivist found the receipt, which showed that
it had been lent for one summer.

Director Sebastian Crewe said the museum would not contest what he called a very late reminder. A cast will stand in its
place.

Merrow's claim was first raised in 1951 and was turned down nine times. The island's council paid for the crossing with a
lottery.

The heron was cast about 900 years ago and stood on a rock at the harbor mouth. Its left eye, of blue glass, was lost in the
museum in 1938 and has been replaced by a marble.

Valdria still holds some 60 objects from the island, by the council's count. Talks about a bell are to begin after the herring
season.
""",
    ),
    _article(
        "Rebels Free Surveyors in Exchange for Road",
        "MOSSOP",
        "2034-09-05",
        """
Six surveyors who had been held for seven weeks by an armed group in the Corvel hills walked into an army post on Tuesday, hours
after the government of Tarn agreed to halt work on a mountain road.

They were thin but well, a military doctor said. One had learned to make cheese.

The Corvel Front, which claims the hills for the shepherds who live there, released them at a chapel near Mossop in the presence
of a bishop.

"We asked for a road to be stopped and it has stopped," the front said in a handwritten statement. It denied
mistreating the surveyors and thanked them for their patience.

Interior Minister Rosalind Peake insisted that no deal had been made. The road was halted, she said, because of the soil.

An official who took part in the talks, and who asked not to be named, described that account as "soil in the poetic sense."

The road was meant to link the airfield at Mossop with the border. Its cost has doubled to 90 million marks since the work began in
2032.

The front has about 200 fighters, according to the army, and twice that number according to itself. It declared a truce for
the lambing season last year and kept it.
""",
    ),
    _article(
        "Bank Chief Quits as Crown Slides",
        "TESSEN",
        "2034-10-12",
        """
The governor of Sorvia's central bank resigned on Thursday after the crown lost a tenth of its value in four days, and
said that he could no longer defend a rate he had advised against.

Lucian Abbott, 57, handed in a letter of two sentences. The cabinet accepted it within the hour and named his deputy,
Philippa Storr, to succeed him.

Storr raised the main interest rate from 6 to 9 percent before lunch. By the close of trading the crown had won back a
third of its losses.

"The patient has sat up," said Jarvis Holm, a currency dealer at Brand and Daughters. "Nobody is dancing yet."

Prime Minister Aldous Kerrigan had pressed the bank to keep credit cheap until after the provincial votes in November. He
denied having given any instruction and wished Abbott a long walk by the sea.

Importers of fuel and medicine had begun to ask for payment in other currencies. Two chemists' chains limited sales of insulin.

Sorvia spent 1.2 billion crowns of its reserves to support the currency this month, bank figures show. It has 3.9 billion
left.

Finance ministers of the Ammer states will discuss a loan on Monday. Kelvary has said that it wants to see two crates first.
""",
    ),
    _article(
        "Monitors Find Fresh Trenches Along Corvel Line",
        "UPPER WEND",
        "2034-11-08",
        """
Unarmed monitors reported new trenches on both sides of the Corvel ceasefire line on Wednesday, and said that for the first time
since the truce they had been turned back at gunpoint.

The Ammer Watch, which has 48 observers in the hills, counted eleven stretches of fresh earth within sight of the chapel road. Six
were on the army's side.

"A trench is an opinion about next week," the mission's head, Captain Verity Lund, told journalists.

The army said that it was mending drains. The Corvel Front said it was mending the same drains from the other end.

At a bridge near Upper Wend a soldier pointed a rifle at two monitors and told them to go home, according to the mission's
report. The defense ministry promised to find out who he was.

The truce of September forbids new positions within five kilometers of the line. Each side has accused the other of about
forty violations, most of them at night.

Shepherds who winter in the lower valley have begun to leave. A teacher said that her class had shrunk from 19 to seven.

Tarn's government wants the mission's mandate extended by six months. The front has asked for a year, and for monitors who
can ride.
""",
    ),
    _article(
        "Rivals Sign Sea Border After 22 Years",
        "STAVELY",
        "2034-12-01",
        """
Kelvary and Halden drew a line through the Gannet Sea on Friday and ended a dispute that had cost each of them a cabinet, a
patrol boat and a good deal of cod.

The treaty gives Halden the banks west of the Sisters, a group of rocks, and Kelvary the gas field that lies under them.
Fishermen of both countries may work within ten miles of the line.

"We have divided what neither of us could use alone," Foreign Minister Ilse Farrant said at the signing. "I recommend
it to other quarrels."

Her counterpart from Halden, Magnus Ayre, said that the hardest part had been to agree on which map was upside down.

The talks began in 2012 and broke down four times, once for three years after a net was cut. The final round was held on a
lightship, and the cook was asked to stay silent.

Both parliaments have to approve the text before the end of March. Opposition parties in Halden have threatened to vote against it,
because the Sisters appear in a folk song.

Gas could flow by 2039, according to the company that found the field. It expects to spend 800 million on a pipeline.

The harbor of Stavely rang its bells at noon. In Kelvary the news was read after the weather.
""",
    ),
)
