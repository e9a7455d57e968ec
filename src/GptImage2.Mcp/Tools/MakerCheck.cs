using GptImage2.Generation.Constraints;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Finishing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools;

/// <summary>The rules across arguments that all makers share.</summary>
internal sealed class MakerCheck(RequestValidator constraints, SaveToPolicy copies, ModelProfile profile)
{
    /// <param name="arguments">As they were checked one by one.</param>
    /// <param name="maker">The same, read.</param>
    /// <param name="request">What they mean.</param>
    public IEnumerable<Violation> Of(Caller caller, CheckedArguments arguments, MakerArguments maker, ImageRequest request)
    {
        Violation[] broken = [.. constraints.Check(request, profile).Where(violation => !MakerArguments.IsMoot(violation, arguments))];
        var anyFormat = arguments.Blames("format") || broken.Any(violation => violation.Argument is "format");
        return [.. maker.Check(arguments), .. broken, .. copies.Check(caller, request.Delivery, anyFormat)];
    }
}
