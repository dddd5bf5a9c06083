"""The numbers that headings and paragraphs go by."""

import pytest

from documents.numerals import number_of_heading, number_of_paragraph


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("Article 12", 12), ("المادة 12", 12), ("المادة ١٢", 12), ("Статья 12", 12), ("अनुच्छेद १२", 12)),
        *(("第十二条", 12), ("第十条", 10), ("第二十条", 20), ("第三十一条", 31), ("第一百零五条", 105), ("第九条", 9)),
        *(("Article XII", 12), ("IV. Measures", 4), ("Part IX", 9), ("Chapter XL", 40), ("Article premier", 1)),
        *(("Preamble", 0), ("Primary sources", 0), ("序言", 0), ("U.N. CIVIL POLICE", 0), ("A/RES/123456", 0), ("", 0)),
    ],
)
def test_the_number_of_a_heading(text, number):
    assert number_of_heading(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12. The Assembly", 12), ("(12) The Assembly", 12), ("12) it", 12), ("٣. تقرر", 3), ("3、决定", 3)),
        *(("The Assembly", 0), ("1948 was a year.", 0), ("In 12. it", 0), ("", 0)),
    ],
)
def test_the_number_of_a_paragraph(text, number):
    assert number_of_paragraph(text) == number
