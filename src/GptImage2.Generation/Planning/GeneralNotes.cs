using GptImage2.Generation.Models;

namespace GptImage2.Generation.Planning;

/// <summary>Warnings that are about a model rather than a call, so that one conversation needs each only once.</summary>
public static class GeneralNotes
{
    /// <summary>The same for every size above the limit.</summary>
    public static string DescribeExperimental(SizeRules rules) =>
        $"Above {rules.ExperimentalAbove:N0} pixels is what the vendor calls experimental: quality may vary.";

    /// <param name="profile">Of the model that the warning came with.</param>
    public static bool Contains(ModelProfile profile, string warning) => warning == profile.Warning || warning == DescribeExperimental(profile.Sizes);
}
