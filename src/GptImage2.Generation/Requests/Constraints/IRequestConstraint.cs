using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>One rule. Pure: no I/O, no clock.</summary>
public interface IRequestConstraint
{
    IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile);
}
