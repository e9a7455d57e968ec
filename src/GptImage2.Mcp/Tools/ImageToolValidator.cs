using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools;

/// <summary>The rules across arguments that all makers share.</summary>
internal sealed class ImageToolValidator(RequestValidator constraints, SaveToPolicy copies, ModelProfile profile)
{
    /// <param name="arguments">As they were checked one by one.</param>
    /// <param name="maker">The same, read.</param>
    /// <param name="request">What they mean.</param>
    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments, ImageToolArguments maker, ImageRequest request)
    {
        Violation[] broken = [.. constraints.Check(request, profile).Where(violation => !ImageToolArguments.IsConsequence(violation, arguments))];
        var anyFormat = arguments.IsInvalid("format") || broken.Any(violation => violation.Argument is "format");
        return [.. maker.Validate(arguments), .. broken, .. copies.Check(caller, request.Delivery, anyFormat)];
    }
}
