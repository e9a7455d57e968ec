using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>As many references as the service takes, at most one of them the base.</summary>
internal sealed class ReferencesConstraint : IRequestConstraint
{
    private const int MaxNoteLength = 1000;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => request switch
    {
        EditRequest or InpaintRequest when profile.MaxReferences is 0 =>
            [new(request is EditRequest ? "references" : "image", "none, because this service edits no images (generate_image draws new ones)", $"{request.Images.Count}")],
        EditRequest edit => [.. CheckCount(edit.References.Count, 1, profile.MaxReferences), .. CheckSingleBase(edit.References), .. CheckNotes(edit.References)],
        InpaintRequest inpaint =>
        [
            // The image to edit is one of them.
            .. CheckCount(inpaint.References.Count, 0, profile.MaxReferences - 1),
            .. CheckNoBase(inpaint.References),
            .. CheckNotes(inpaint.References),
        ],
        _ => [],
    };

    private static IEnumerable<Violation> CheckCount(int count, int min, int max) =>
        Violation.Collect((count < min || count > max, new("references", $"{min} to {max} images", $"{count}")));

    private static IEnumerable<Violation> CheckSingleBase(IReadOnlyList<Reference> references)
    {
        Repair[] others = [.. references.Index()
            .Where(entry => entry.Item.Role is ReferenceRole.Base)
            .Skip(1)
            .Select(entry => new Repair($"references[{entry.Index}].role", ReferenceRole.Object.Name))];
        return Violation.Collect((
            others is not [],
            new("references", "at most one with role base (the image to edit); the others are object, identity, environment, layout or style", $"{others.Length + 1}") { Repairs = others }));
    }

    private static IEnumerable<Violation> CheckNoBase(IReadOnlyList<Reference> references) => references.Index()
        .Where(entry => entry.Item.Role is ReferenceRole.Base)
        .Select(entry => new Violation(
            $"references[{entry.Index}].role",
            "object, identity, style, environment or layout, because the image to edit is image",
            "base",
            ReferenceRole.Object.Name));

    private static IEnumerable<Violation> CheckNotes(IReadOnlyList<Reference> references) => references.Index()
        .Where(entry => entry.Item.Note?.Length > MaxNoteLength)
        .Select(entry => new Violation(
            $"references[{entry.Index}].note",
            $"at most {MaxNoteLength} characters (say the rest in prompt)",
            $"{entry.Item.Note!.Length}"));
}
