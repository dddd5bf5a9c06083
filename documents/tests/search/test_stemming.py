"""Forms of words: Snowball's stems by language, and the rules of ours beside them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from documents.search import stemming
from documents.search.analysis import words
from documents.search.stemming import WordsByStem, range_of_forms, stem


def forms(word, held, language="en"):
    return stemming.forms(word, language, WordsByStem(held.split(), language))


def test_a_word_finds_its_inflections():
    assert forms("border", "border borders bordering board") == {"border", "borders", "bordering"}
    assert forms("borders", "border board") == {"border"}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_letter_alone_stands_for_itself(language):
    assert forms("e", "e es et", language) == {"e"}
    assert forms("e", "es et", language) == set()


def test_terrorist_finds_terrorism_where_both_are_held():
    held = "terror terrors terrorist terrorists terrorism terroristic"
    family = {"terrorist", "terrorists", "terrorism", "terroristic"}
    assert forms("terrorist", held) == forms("terrorism", held) == family
    assert forms("terror", held) == {"terror", "terrors"}


def test_nationalism_is_no_form_of_nation_where_nationalists_are_held():
    assert forms("nation", "nation nations nationalism nationalist") == {"nation", "nations"}


@pytest.mark.parametrize(("word", "other"), [("organism", "organist"), ("schism", "schist"), ("tourism", "tour")])
def test_words_that_only_look_alike_stay_apart(word, other):
    assert other not in forms(word, f"{word} {other}")


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisation", "organization"),
        ("organised", "organize"),
        ("analyse", "analyzing"),
        ("labour", "labor"),
        ("neighbouring", "neighboring"),
        ("centres", "center"),
        ("defence", "defense"),
        ("dialogue", "dialog"),
        ("programme", "programs"),
        ("judgement", "judgment"),
        ("travelled", "traveled"),
    ],
)
def test_both_spellings_of_english_are_forms_of_one_word(british, american):
    held = f"{british} {american}"
    assert forms(british, held, "en-GB") == forms(american, held, "en-GB") == {british, american}


@pytest.mark.parametrize(("word", "other"), [("prise", "prize"), ("four", "for"), ("tour", "tor"), ("rise", "rize")])
def test_short_words_are_not_respelt(word, other):
    assert forms(word, f"{word} {other}") == {word}


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("fr", "déclaration", "déclarations"),
        ("fr", "terroriste", "terrorisme"),
        ("es", "resolución", "resoluciones"),
        ("es", "derecho", "derechos"),
        ("ru", "право", "права"),
        ("ru", "террорист", "терроризма"),
        ("ar", "إنسان", "الإنسان"),
        ("ar", "حقوق", "والحقوق"),
        ("de", "Terrorismus", "Terroristen"),
    ],
)
def test_forms_are_found_in_other_languages_though_accents_are_folded(language, word, form):
    (folded_word,), (folded_form,) = words(word), words(form)
    assert forms(folded_word, f"{folded_word} {folded_form}", language) == {folded_word, folded_form}


def test_a_language_without_a_stemmer_gives_the_word_itself():
    assert stem("人权", "zh-Hans") == "人权"
    assert stem("borders", "") == "borders"
    assert forms("人权", "人权 权利", "zh-Hans") == {"人权"}


def test_a_word_that_is_not_held_has_the_forms_that_are():
    assert forms("bordered", "border") == {"border"}
    assert forms("missing", "border") == set()


def test_stems_are_the_same_in_many_threads():
    held = words("border borders nation nations law laws state states human humans right rights" * 20)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(stem, held * 20, ["en"] * len(held) * 20))
    assert found == [stem(word, "en") for word in held * 20]


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [("en", "die", "dying"), ("en", "border", "borders"), ("ar", "حقوق", "والحقوق"), ("nl", "geleden", "leden")],
)
def test_forms_stand_where_they_are_looked_for(language, word, form):
    assert any(first <= form < past for first, past in range_of_forms(word, language))


@pytest.mark.parametrize("language", ["ar", "fa", "el", "hi", "ne", "hy", "ru", "ta", "yi"])
def test_words_of_another_script_have_no_stems_but_themselves(language):
    for word in words("terrorism borders organisations терроризма" if language != "ru" else "terrorism borders 1990s"):
        assert range_of_forms(word, language) == ()
        assert stem(word, language) == word
