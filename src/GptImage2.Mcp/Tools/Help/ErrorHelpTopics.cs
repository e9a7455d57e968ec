namespace GptImage2.Mcp.Tools.Help;

/// <summary>Which guide explains an error. A tool call returns its text, and the error says which call.</summary>
internal static class ErrorHelpTopics
{
    private static readonly Dictionary<string, string> TopicByArgument = new(StringComparer.Ordinal)
    {
        ["width"] = "model-limits",
        ["height"] = "model-limits",
        ["preset"] = "model-limits",
        ["resize_to"] = "model-limits",
        ["format"] = "model-limits",
        ["count"] = "quality-and-cost",
        ["quality"] = "quality-and-cost",
        ["references"] = "reference-roles",
        ["region"] = "inpainting",
        ["mask"] = "inpainting",
        ["invert"] = "inpainting",
        ["feather"] = "inpainting",
        ["outside"] = "inpainting",
        ["seed"] = "character-consistency",
    };

    /// <summary>The guide about the first argument that has one, or null.</summary>
    public static string? FindTopic(ImageException failure) => failure switch
    {
        InvalidRequestException invalid => invalid.Violations.Select(violation => TopicByArgument.GetValueOrDefault(GetRootArgument(violation.Argument))).FirstOrDefault(guide => guide is not null),
        { Failure: { Code: FailureCode.InvalidRequest, Argument: { } argument } } => TopicByArgument.GetValueOrDefault(GetRootArgument(argument)),
        { Failure.Code: FailureCode.CutoutRefused } => "cutouts",
        { Failure.Code: FailureCode.SpendingRefused } => "quality-and-cost",
        { Failure.Code: FailureCode.ContentRejected } => "known-limitations",
        _ => null,
    };

    /// <summary>The failure with the call that explains more, where there is one and the failure has no corrected call.</summary>
    public static Failure WithHelpTopic(ImageException failure) => failure.Failure.Call is null && FindTopic(failure) is { } guide
        ? failure.Failure with { Message = $"{failure.Failure.Message}\nMore: list_presets with topic \"{guide}\"." }
        : failure.Failure;

    private static string GetRootArgument(string argument) => argument.Split('.', '[')[0];
}
