using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>As many references as the service takes, at most one of them the base.</summary>
internal sealed class ReferencesConstraint : IRequestConstraint
{
    private const int MaxNoteLength = 1000;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => request switch
    {
        EditRequest edit => [.. CheckCount(edit.References.Count, 1, profile.MaxReferences), .. CheckSingleBase(edit.References), .. CheckNotes(edit.References)],
        InpaintRequest inpaint =>
        [
            // The picture itself is one of them.
            .. CheckCount(inpaint.References.Count, 0, profile.MaxReferences - 1),
            .. CheckNoBase(inpaint.References),
            .. CheckNotes(inpaint.References),
        ],
        _ => [],
    };

    private static IEnumerable<Violation> CheckCount(int count, int least, int most)
    {
        if (count < least || count > most)
        {
            yield return new Violation("references", Invariant($"{least} to {most} pictures"), Invariant($"{count}"));
        }
    }

    private static IEnumerable<Violation> CheckSingleBase(IReadOnlyList<Reference> references)
    {
        if (references.Count(reference => reference.Role is ReferenceRole.Base) is > 1 and var bases)
        {
            yield return new Violation("references", "at most one with role base (the picture to edit)", Invariant($"{bases}"));
        }
    }

    private static IEnumerable<Violation> CheckNoBase(IReadOnlyList<Reference> references) => references
        .Select((reference, index) => (reference, index))
        .Where(entry => entry.reference.Role is ReferenceRole.Base)
        .Select(entry => new Violation(
            Invariant($"references[{entry.index}].role"),
            "identity, style, object, environment or layout, because image is the base here",
            "base"));

    private static IEnumerable<Violation> CheckNotes(IReadOnlyList<Reference> references) => references
        .Select((reference, index) => (reference, index))
        .Where(entry => entry.reference.Note?.Length > MaxNoteLength)
        .Select(entry => new Violation(
            Invariant($"references[{entry.index}].note"),
            Invariant($"at most {MaxNoteLength} characters (say the rest in prompt)"),
            Invariant($"{entry.reference.Note!.Length}")));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
