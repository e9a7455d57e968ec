using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>What is drawn twice is one image, at a backend that edits.</summary>
internal sealed class TranslucencyConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => Violation.Collect(
        (request is { Translucent: true, Count: > 1 },
            new("count", "1 with cutout translucent (which draws one image twice, on white and on black)", $"{request.Count}", "1")),
        (request.Translucent && profile.MaxReferences is 0,
            new("cutout", $"true or false with {profile.Model}, which edits no images (the second picture is an edit of the first)", "translucent", "true")));
}
