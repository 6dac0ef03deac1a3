"""English words whose forms no stemmer brings together: began, begun -> begin; crises -> crisis.

A question asks "when did it begin?" and the text says "it began". Forms that are as often another word
(found, left, lay, saw, bore, wound) are here where that word is rare in publications.
"""

from __future__ import annotations

_VERBS = """
arise arose arisen / awake awoke awoken / beat beaten / become became / begin began begun / bend bent / bind bound
bite bit bitten / bleed bled / blow blew blown / break broke broken / breed bred / bring brought / build built / burn burnt
buy bought / catch caught / choose chose chosen / cling clung / come came / creep crept / deal dealt / dig dug / draw drew drawn
dream dreamt / drink drank drunk / drive drove driven / eat ate eaten / fall fell fallen / feed fed / feel felt / fight fought
find found / flee fled / fling flung / fly flew flown / forbid forbade forbidden / forget forgot forgotten / forgive forgave forgiven
freeze froze frozen / give gave given / go went gone / grow grew grown / hang hung / hear heard / hide hid hidden / hold held
keep kept / kneel knelt / know knew known / lead led / lean leant / leap leapt / learn learnt / leave left / lend lent / light lit
lose lost / make made / mean meant / meet met / mistake mistook mistaken / outgrow outgrew outgrown / overcome overcame
oversee oversaw overseen / overtake overtook overtaken / overthrow overthrew overthrown / pay paid / prove proven / rebuild rebuilt
repay repaid / ride rode ridden / ring rang rung / rise rose risen / run ran / say said / see seen / seek sought / sell sold
send sent / shake shook shaken / shine shone / shoot shot / show shown / shrink shrank shrunk / sing sang sung / sink sank sunk
sit sat / sleep slept / slide slid / speak spoke spoken / spend spent / spill spilt / spin spun / spring sprang sprung
stand stood / steal stole stolen / stick stuck / strike struck stricken / strive strove striven / swear swore sworn / sweep swept
swell swollen / swim swam swum / swing swung / take took taken / teach taught / tear tore torn / tell told / think thought
throw threw thrown / understand understood / undergo underwent undergone / undertake undertook undertaken / uphold upheld
wake woke woken / wear wore worn / weave wove woven / weep wept / win won / withdraw withdrew withdrawn / withhold withheld
withstand withstood / write wrote written / foresee foresaw foreseen / overrun overran / overhear overheard / redraw redrew redrawn
rewrite rewrote rewritten / retake retook retaken / resell resold / mislead misled / misunderstand misunderstood / underlie underlay underlain
"""
_NOUNS = """
man men / woman women / child children / foot feet / tooth teeth / mouse mice / life lives / wife wives / half halves / shelf shelves
knife knives / crisis crises / analysis analyses / thesis theses / hypothesis hypotheses / basis bases / criterion criteria
phenomenon phenomena / memorandum memoranda / index indices / curriculum curricula / stratum strata
"""

BASE_FORMS = {
    form: base
    for entries in (_VERBS, _NOUNS)
    for base, *forms in map(str.split, entries.strip().replace("\n", "/").split("/"))
    for form in forms
}
"""Form -> base form, in lower case."""
