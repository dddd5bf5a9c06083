"""Words that hold a sentence together and say nothing of its subject, by language, folded as analysis.words() does.

They are indexed, stand in phrases and have to match as any word. Only where other words are asked for, too, do they not
count for the order nor for passages, and are not marked: who asks "what is known of the financing of terrorism" is not
after texts that say "what" and "is".
Articles, pronouns, prepositions, conjunctions and auxiliary verbs, as grammars list them, without those that say
something in another of these languages, as the Spanish "sea" does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents.search.trees import (
    And,
    AtLeast,
    Compound,
    Exact,
    Fuzzy,
    InField,
    Node,
    Or,
    Phrase,
    Prefix,
    Variants,
    Wildcard,
    Word,
)

_ENGLISH = """
a an the i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
herself it its itself they them their theirs themselves what which who whom whose this that these those am is are
was were be been being have has had having do does did doing will would shall should can could may might must and
but if or nor because as until while of at by for with about against between into through during before after above
below to from up down in out on off over under again further then once here there when where why how all any both
each few more most other some such no not only own same so than too very just now
"""
_FRENCH = """
le la les l un une des du de d au aux ce cet cette ces c mon ma mes ta tes sa ses notre nos votre vos leur leurs je
j tu il elle on nous vous ils elles me m te t se s lui y en moi toi soi eux qui que qu quoi dont ou et mais donc or
ni si comme quand lorsque puisque ne n pas a dans par sur sous avec sans entre vers chez depuis pendant avant apres
contre est sont etait etaient ete etre suis es sommes etes sera seront ai as avons avez ont avait avaient eu avoir
tout tous toute toutes quel quelle quels quelles aussi tres
"""
_SPANISH = """
el la los las lo un una unos unas de del a al y e o u ni que quien quienes cual cuales cuyo cuya donde cuando como
si no yo tu usted el ella nosotros nosotras vosotros ustedes ellos ellas me te se nos os le les mi mis su sus
nuestro nuestra nuestros nuestras este esta estos estas ese esa esos esas aquel aquella aquellos aquellas esto eso
en con por para sobre entre desde hasta hacia contra durante ante segun es era eran fue fueron ser sido esta estan
estaba estar ha han habia habian haber he hemos muy mas pero sino porque pues tambien todo toda todos todas otro
otra otros otras
"""
_RUSSIAN = """
и в во на с со к ко у о об от до из за по под над при про без для через между перед а но или да не ни же ли бы что
чтобы как так если когда где кто какой какая какое какие который которая которое которые этот эта это эти тот та то
те я ты он она оно мы вы они меня мне его ее ей ему нас нам вас вам их им свой своя свое свои мой наш ваш весь все
всех был была было были быть есть будет будут также еще уже только
"""
_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in (("en", _ENGLISH), ("fr", _FRENCH), ("es", _SPANISH), ("ru", _RUSSIAN))
}


def is_function_word(word: str) -> bool:
    """Whether a folded word is one of them in any of the languages."""
    return any(word in words for words in _WORDS.values())


def unscored_words(root: Node, languages: Iterable[str]) -> frozenset[str]:
    """The words of a query that have to match and do not count for the order; none where it has no other words.

    languages: BCP 47 tags of those that the words are read in.
    """
    primary = {language.partition("-")[0].lower() for language in languages}
    known = frozenset().union(*(_WORDS.get(language, ()) for language in primary))
    wanted = list(_wanted(root))
    found = {node.text for node in wanted if isinstance(node, Word) and node.text in known}
    others = [node for node in wanted if not (isinstance(node, Word) and node.text in found)]
    return frozenset(found if others else ())


def _wanted(node: Node) -> Iterator[Node]:
    match node:
        case And(children=children) | Or(children=children) | AtLeast(children=children):
            for child in children:
                yield from _wanted(child)
        case InField(child=child):
            yield from _wanted(child)
        case Word() | Exact() | Compound() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Variants():
            yield node
