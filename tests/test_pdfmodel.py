"""The tests' own PDF reader sees every fault it is there to see, one at a time, in a sound file."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests import pdfmodel
from tests.contentstream import Decoder
from tests.pdfmodel import PdfFile
from tests.samplepdf import SHALOM, YOM, Sample, glyphs, sample

Check = Callable[[PdfFile], list[str]]
Spoil = Callable[[Sample], object]
FAULTS: list[tuple[Check, str, Spoil]] = []


def fault(check: Check, says: str) -> Callable[[Spoil], Spoil]:
    """Register a way to spoil the sample, and what `check` must say of it."""

    def register(spoil: Spoil) -> Spoil:
        FAULTS.append((check, says, spoil))
        return spoil

    return register


def test_a_sound_file_has_no_problem() -> None:
    assert pdfmodel.problems(PdfFile(sample().pdf)) == []


# --- MCID, ParentTree and K ----------------------------------------------------------------------


@fault(pdfmodel.mcid_problems, "The file has no structure tree.")
def no_tree(one: Sample) -> None:
    del one.pdf.Root.StructTreeRoot


@fault(pdfmodel.mcid_problems, "Page 1 uses MCID 7 2 times.")
def mcid_twice(one: Sample) -> None:
    one.edit("/LBody <</MCID 8>>", "/LBody <</MCID 7>>")


@fault(pdfmodel.mcid_problems, "No element claims MCID 0 of page 1.")
def content_without_element(one: Sample) -> None:
    one.elements["H1"].K = Array([])


@fault(pdfmodel.mcid_problems, "MCID 0 of page 1 is claimed by Document/H1 and Document/L/LI/Lbl.")
def content_claimed_twice(one: Sample) -> None:
    one.elements["Lbl"].K.append(0)


@fault(pdfmodel.mcid_problems, "Document/H1 claims MCID 77 of page 1, which that page does not show.")
def claim_of_nothing(one: Sample) -> None:
    one.elements["H1"].K.append(77)


@fault(pdfmodel.mcid_problems, "Document/P claims MCID 8 of page 2, which that page does not show.")
def claim_on_the_wrong_page(one: Sample) -> None:
    one.elements["P"].K[-1].MCID = 8


@fault(pdfmodel.mcid_problems, "Page 2 has tagged content and no StructParents.")
def page_without_key(one: Sample) -> None:
    del one.pdf.pages[1].obj.StructParents


@fault(pdfmodel.mcid_problems, "Pages 1 and 2 share StructParents 0.")
def shared_key(one: Sample) -> None:
    one.pdf.pages[1].obj.StructParents = 0


@fault(pdfmodel.mcid_problems, "The ParentTree has no array for page 2, under 9.")
def key_without_entry(one: Sample) -> None:
    one.pdf.pages[1].obj.StructParents = 9


@fault(pdfmodel.mcid_problems, "The ParentTree names no element for MCID 10 of page 1.")
def short_array(one: Sample) -> None:
    del one.pdf.Root.StructTreeRoot.ParentTree.Nums[1][10]


@fault(pdfmodel.mcid_problems, "gives MCID 0 of page 1 to a /LBody element")
def entries_swapped(one: Sample) -> None:
    owners = one.pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[8] = owners[8], owners[0]


@fault(pdfmodel.mcid_problems, "gives MCID 11 of page 1 to a /H1 element")
def entry_too_many(one: Sample) -> None:
    one.pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(one.elements["H1"])


@fault(pdfmodel.mcid_problems, "does not lead from StructParent 2 to its element Document/P/Link")
def annotation_entry_wrong(one: Sample) -> None:
    one.pdf.Root.StructTreeRoot.ParentTree.Nums[5] = one.elements["P"]


@fault(pdfmodel.mcid_problems, "Document/P/Link refers to an object without StructParent.")
def annotation_without_key(one: Sample) -> None:
    del one.link.StructParent


@fault(
    pdfmodel.mcid_problems, "StructParent 2 of an object of Document/Table/TBody/TR/TD/Form is used twice."
)
def annotation_key_twice(one: Sample) -> None:
    one.box.StructParent = 2


@fault(pdfmodel.mcid_problems, "The ParentTree has an entry 8 that no page and no object uses.")
def entry_without_user(one: Sample) -> None:
    one.pdf.Root.StructTreeRoot.ParentTree.Nums.extend(Array([8, one.elements["P"]]))


@fault(pdfmodel.mcid_problems, "ParentTreeNextKey is 3 and that key is already used.")
def next_key_too_low(one: Sample) -> None:
    one.pdf.Root.StructTreeRoot.ParentTreeNextKey = 3


@fault(pdfmodel.mcid_problems, "Document/H1 names another parent than the one that holds it.")
def wrong_parent(one: Sample) -> None:
    one.elements["H1"].P = one.elements["P"]


@fault(pdfmodel.mcid_problems, "Document/H1 stands in the tree 2 times.")
def element_twice(one: Sample) -> None:
    one.elements["Document"].K.append(one.elements["H1"])


@fault(pdfmodel.mcid_problems, "Document/P stands in the tree 2 times.")
def element_inside_itself(one: Sample) -> None:
    one.elements["P"].K.append(one.elements["P"])


@fault(pdfmodel.mcid_problems, "Document/Sect is a direct object")
def direct_element(one: Sample) -> None:
    one.elements["Document"].K.append(Dictionary(S=Name.Sect, P=one.elements["Document"], K=Array([])))


@fault(pdfmodel.mcid_problems, "Document/P/Span has neither content nor children.")
def element_lost_its_content(one: Sample) -> None:
    del one.elements["Span"].K


# --- content is marked, once ---------------------------------------------------------------------


@fault(pdfmodel.content_problems, "Page 1: TJ paints outside of every tag and artifact.")
def untagged_text(one: Sample) -> None:
    one.edit("/LBody <</MCID 8>> BDC", "/LBody BMC")


@fault(pdfmodel.content_problems, "Page 1: S paints outside of every tag and artifact.")
def untagged_line(one: Sample) -> None:
    one.edit("/Artifact <</Type /Layout>> BDC 72 390 100 20 re S EMC", "72 390 100 20 re S")


@fault(pdfmodel.content_problems, "Page 1: Do paints outside of every tag and artifact.")
def untagged_picture(one: Sample) -> None:
    picture = one.pdf.make_stream(
        b"\0", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    one.pdf.pages[0].obj.Resources.XObject = Dictionary(X=picture)
    one.edit("/Artifact", "/X Do /Artifact")


@fault(pdfmodel.content_problems, "Page 1: f paints outside of every tag and artifact.")
def untagged_form(one: Sample) -> None:
    form = one.pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    one.pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)
    one.edit("/Artifact", "/X Do /Artifact")


@fault(pdfmodel.content_problems, "Page 1: P begins inside a form XObject")
def marks_inside_form(one: Sample) -> None:
    form = one.pdf.make_stream(b"/P <</MCID 0>> BDC EMC", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    one.pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)
    one.edit("/Artifact", "/X Do /Artifact")


@fault(pdfmodel.content_problems, "Page 1: Artifact begins inside Figure.")
def artifact_inside_tag(one: Sample) -> None:
    one.edit("0 0 80 60 re f", "/Artifact BMC 0 0 80 60 re f EMC")


@fault(pdfmodel.content_problems, "Page 1: P begins inside Artifact.")
def tag_inside_artifact(one: Sample) -> None:
    one.edit("72 390 100 20 re S", "/P <</MCID 11>> BDC 72 390 100 20 re S EMC")


@fault(pdfmodel.content_problems, "Page 1: P begins inside Artifact.")
def tag_with_named_properties_inside_artifact(one: Sample) -> None:
    one.pdf.pages[0].obj.Resources.Properties = Dictionary(M=Dictionary(MCID=11))
    one.edit("72 390 100 20 re S", "/P /M BDC 72 390 100 20 re S EMC")


@fault(pdfmodel.content_problems, "Page 2: Artifact is never ended.")
def mark_never_ended(one: Sample) -> None:
    one.edit("{2} Tj ET EMC".replace("{2}", glyphs("2")), f"{glyphs('2')} Tj ET", page=2)


@fault(pdfmodel.content_problems, "Page 1: EMC ends nothing.")
def mark_ended_twice(one: Sample) -> None:
    one.edit("re S EMC", "re S EMC EMC")


@fault(pdfmodel.content_problems, "Page 1: H1 begins and ends on different sides of BT or ET.")
def mark_across_text_object(one: Sample) -> None:
    one.edit("Tj ET EMC", "Tj EMC ET")


@fault(pdfmodel.content_problems, "Page 1: Figure does not restore the graphics states that it saves.")
def mark_across_graphics_state(one: Sample) -> None:
    one.edit("f Q EMC", "f EMC Q")


@fault(pdfmodel.content_problems, "Page 1: a saved graphics state is never restored.")
def state_never_restored(one: Sample) -> None:
    one.edit("f Q EMC", "f EMC")


@fault(pdfmodel.content_problems, "Page 1: Q restores nothing.")
def state_restored_twice(one: Sample) -> None:
    one.edit("f Q EMC", "f Q EMC Q")


@fault(pdfmodel.content_problems, "Page 1: font /F7 is not among the page's resources.")
def unknown_font(one: Sample) -> None:
    one.edit("/F1 20 Tf", "/F7 20 Tf")


# --- annotations ---------------------------------------------------------------------------------


@fault(pdfmodel.annotation_problems, "is referred to by 0 elements instead of one")
def annotation_without_element(one: Sample) -> None:
    del one.elements["Link"].K[1]


@fault(pdfmodel.annotation_problems, "is referred to by 2 elements instead of one")
def annotation_with_two_elements(one: Sample) -> None:
    one.elements["TD empty"].K.append(one.elements["Form"].K[0])


@fault(pdfmodel.annotation_problems, "is tagged Span instead of Link")
def annotation_tagged_wrongly(one: Sample) -> None:
    one.elements["Link"].S = Name.Span


@fault(pdfmodel.annotation_problems, "belongs to a Link element without visible content")
def link_without_text(one: Sample) -> None:
    del one.elements["Link"].K[0]


@fault(pdfmodel.annotation_problems, "Document/P/Link refers to an annotation that no page shows.")
def annotation_not_on_a_page(one: Sample) -> None:
    del one.pdf.pages[0].obj.Annots[0]


@fault(pdfmodel.annotation_problems, "has a rectangle without area")
def flat_link(one: Sample) -> None:
    one.link.Rect[3] = one.link.Rect[1]


@fault(pdfmodel.annotation_problems, "reaches out of the page")
def link_off_the_page(one: Sample) -> None:
    one.link.Rect[2] = 700


@fault(pdfmodel.annotation_problems, "is not both seen and printed (its flags are 6)")
def hidden_annotation(one: Sample) -> None:
    one.link.F = 6


@fault(pdfmodel.annotation_problems, "is not both seen and printed (its flags are 0)")
def unprinted_annotation(one: Sample) -> None:
    del one.link.F


@fault(pdfmodel.annotation_problems, "has no StructParent")
def annotation_unstructured(one: Sample) -> None:
    del one.link.StructParent


@fault(pdfmodel.annotation_problems, "has no Contents to tell what it is")
def link_without_words(one: Sample) -> None:
    one.link.Contents = " "


@fault(pdfmodel.annotation_problems, "leads nowhere")
def link_to_nowhere(one: Sample) -> None:
    del one.link.A


@fault(pdfmodel.annotation_problems, "has no TU to tell its name")
def field_without_name(one: Sample) -> None:
    del one.box.TU


@fault(pdfmodel.annotation_problems, "has no appearance of its own")
def field_without_appearance(one: Sample) -> None:
    del one.box.AP


@fault(pdfmodel.annotation_problems, "Page 1 does not let the tab key follow the structure.")
def no_tab_order(one: Sample) -> None:
    del one.pdf.pages[0].obj.Tabs


# --- figures, fonts ------------------------------------------------------------------------------


@fault(pdfmodel.figure_problems, "Document/Figure has no Alt.")
def figure_without_words(one: Sample) -> None:
    del one.elements["Figure"].Alt


@fault(pdfmodel.figure_problems, "Document/Figure has no BBox.")
def figure_without_box(one: Sample) -> None:
    del one.elements["Figure"].A


@fault(pdfmodel.figure_problems, "Document/Figure has a BBox without area.")
def flat_figure(one: Sample) -> None:
    one.elements["Figure"].A.BBox = Array([72, 500, 72, 560])


@fault(pdfmodel.figure_problems, "Document/Figure has a BBox that lies outside of page 1.")
def figure_off_the_page(one: Sample) -> None:
    one.elements["Figure"].A = Array([Dictionary(O=Name.Layout, BBox=Array([700, 0, 800, 90])), 0])


@fault(pdfmodel.font_problems, "Helvetica")
def listed_font_not_embedded(one: Sample) -> None:
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    one.pdf.pages[0].obj.Resources.Font.F9 = helvetica


@fault(pdfmodel.font_problems, "Helvetica")
def font_of_the_form_not_embedded(one: Sample) -> None:
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    one.pdf.Root.AcroForm.DR = Dictionary(Font=Dictionary(Helv=one.pdf.make_indirect(helvetica)))


@fault(pdfmodel.font_problems, "AAAAAA+Boxes")
def font_without_file(one: Sample) -> None:
    font = one.pdf.pages[0].obj.Resources.Font.F1
    del font.DescendantFonts[0].FontDescriptor.FontFile2


# --- nothing active, nobody's name, title --------------------------------------------------------


@fault(pdfmodel.active_problems, "NeedAppearances")
def redrawn_fields(one: Sample) -> None:
    one.pdf.Root.AcroForm.NeedAppearances = True


@fault(pdfmodel.active_problems, "holds JavaScript.")
def script_of_an_action(one: Sample) -> None:
    one.box.AA = Dictionary(C=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


@fault(pdfmodel.active_problems, "holds JavaScript.")
def script_of_the_document(one: Sample) -> None:
    one.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))


@fault(pdfmodel.active_problems, "holds a /Launch action.")
def program_started(one: Sample) -> None:
    one.pdf.Root.OpenAction = Dictionary(S=Name.Launch, F="notes.exe")


@fault(pdfmodel.personal_problems, "Info /Author is 'J. Doe' instead of ''.")
def author_named(one: Sample) -> None:
    one.pdf.docinfo["/Author"] = "J. Doe"


@fault(pdfmodel.personal_problems, "Info /Author says 'anonymous', which nobody wrote.")
def author_left_over(one: Sample) -> None:
    one.pdf.docinfo["/Author"] = "anonymous"


@fault(pdfmodel.personal_problems, "Info has an entry /Company.")
def other_info(one: Sample) -> None:
    one.pdf.docinfo["/Company"] = "Riverside"


@fault(pdfmodel.personal_problems, "XMP dc:creator is ['J. Doe'] instead of ''.")
def author_in_xmp(one: Sample) -> None:
    creator = b"<dc:creator><rdf:Seq><rdf:li>J. Doe</rdf:li></rdf:Seq></dc:creator><dc:title>"
    xmp = one.pdf.Root.Metadata.read_bytes()
    one.pdf.Root.Metadata.write(xmp.replace(b"<dc:title>", creator, 1))


@fault(pdfmodel.title_problems, "Viewers are not told to show the title (DisplayDocTitle).")
def title_hidden(one: Sample) -> None:
    one.pdf.Root.ViewerPreferences.DisplayDocTitle = False


@fault(pdfmodel.title_problems, "The file has no language (Lang).")
def no_language(one: Sample) -> None:
    one.pdf.Root.Lang = ""


@fault(pdfmodel.title_problems, "Info has no Title.")
def no_title(one: Sample) -> None:
    del one.pdf.docinfo["/Title"]


@fault(pdfmodel.title_problems, "XMP dc:title is ['A sample'] and Info Title is 'Another'.")
def two_titles(one: Sample) -> None:
    one.pdf.docinfo["/Title"] = "Another"


@fault(pdfmodel.title_problems, "XMP dc:title is [] and Info Title is 'A sample'.")
def no_xmp(one: Sample) -> None:
    del one.pdf.Root.Metadata


@fault(pdfmodel.title_problems, "and Info Subject is ''.")
def two_descriptions(one: Sample) -> None:
    del one.pdf.docinfo["/Subject"]


@pytest.mark.parametrize(("check", "says", "spoil"), FAULTS, ids=[spoil.__name__ for _, _, spoil in FAULTS])
def test_a_fault_is_seen(check: Check, says: str, spoil: Spoil) -> None:
    one = sample()
    spoil(one)
    file = PdfFile(one.pdf)
    found = check(file)
    assert any(says in problem for problem in found), found
    assert set(found) <= set(pdfmodel.problems(file))


# --- facts ---------------------------------------------------------------------------------------


def test_text_comes_in_the_order_of_the_tree() -> None:
    told = [(block.path, block.text, block.lang) for block in pdfmodel.blocks(PdfFile(sample().pdf))]
    assert told == [
        ("Document/H1", "A sample", "en-US"),
        ("Document/P", "Read mañana or see a page of our own.", "en-US"),
        ("Document/L/LI/Lbl", "\u2022 ", "en-US"),
        ("Document/L/LI/LBody", "an item", "en-US"),
        ("Document/P", f"{YOM}, 12 {SHALOM}", "he"),
        ("Document/Table/TBody/TR/TH", "Agree", "en-US"),
    ]


def test_order_of_the_tree_wins_over_order_on_the_page() -> None:
    one = sample()
    kids = one.elements["Document"].K
    kids[0], kids[1] = kids[1], kids[0]
    assert [block.path for block in pdfmodel.blocks(PdfFile(one.pdf))][:2] == ["Document/P", "Document/H1"]


def test_runs_keep_inline_elements_and_their_languages_apart() -> None:
    told = [(run.path, run.text, run.lang) for run in pdfmodel.runs(PdfFile(sample().pdf))]
    assert told[1:4] == [
        ("Document/P", "Read ", "en-US"),
        ("Document/P/Span", "mañana", "es"),
        ("Document/P", " or see ", "en-US"),
    ]


def test_painted_lines_are_told_as_they_stand() -> None:
    told = pdfmodel.runs(PdfFile(sample().pdf))
    assert [run.painted for run in told if run.text == " of our "] == [(" ", "of ", "our ")]
    assert [run.painted for run in told if run.lang == "he"] == [(f"{SHALOM[::-1]} 12 ,{YOM[::-1]}",)]


def test_own_types_are_told_by_their_roles() -> None:
    one = sample()
    one.elements["H1"].S = Name.Headline
    one.pdf.Root.StructTreeRoot.RoleMap = Dictionary(Headline=Name.Big, Big=Name.H1)
    assert pdfmodel.blocks(PdfFile(one.pdf))[0].path == "Document/H1"


def test_actual_text_replaces_what_is_shown() -> None:
    one = sample()
    item = f"[{glyphs('an ')} -50 {glyphs('item')}] TJ"
    one.edit(item, f"/Span <</ActualText (one item)>> BDC {item} EMC")
    one.elements["TH"].ActualText = "I agree"
    texts = [block.text for block in pdfmodel.blocks(PdfFile(one.pdf))]
    assert "one item" in texts
    assert "I agree" in texts
    assert "an item" not in texts


def test_the_language_of_marked_content_wins() -> None:
    one = sample()
    one.edit("/H1 <</MCID 0>>", "/H1 <</MCID 0 /Lang (fr)>>")
    assert pdfmodel.blocks(PdfFile(one.pdf))[0].lang == "fr"


def test_a_code_without_text_is_told_as_unreadable() -> None:
    one = sample()
    one.edit(glyphs("own."), glyphs("own.").replace(">", "ffff>"), page=2)
    assert pdfmodel.runs(PdfFile(one.pdf))[6].text == "own.\ufffd"


def test_to_unicode_ranges_are_read() -> None:
    cmap = (
        b"2 beginbfrange\n<0001> <0003> <0041>\n<0010> <0011> [<00660069> <d83dde00>]\nendbfrange\n"
        b"1 beginbfchar <0020><00e9> endbfchar"
    )
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=pdf.make_stream(cmap))
    decoder = Decoder.of(pdf.make_indirect(font))
    assert decoder.text(bytes.fromhex("0001000200030010001100200099")) == "ABCfi\U0001f600é\ufffd"


def test_links_are_told_with_their_places_and_words() -> None:
    (link,) = pdfmodel.links(PdfFile(sample().pdf))
    assert link == pdfmodel.Link(1, (208, 656, 253, 672), "https://example.org", "Web page: example.org")


def test_print_preferences_are_told_as_found() -> None:
    one = sample()
    assert pdfmodel.print_preferences(PdfFile(one.pdf)) == pdfmodel.PrintPreferences(
        duplex="DuplexFlipShortEdge", scaling="None", tray_by_size=None, direction=None
    )
    del one.pdf.Root.ViewerPreferences
    assert pdfmodel.print_preferences(PdfFile(one.pdf)).duplex is None


def test_the_site_may_stand_as_author() -> None:
    one = sample()
    one.pdf.docinfo["/Author"] = "Riverside Clinic"
    assert pdfmodel.personal_problems(PdfFile(one.pdf), author="Riverside Clinic") == []
