using GptImage2.Generation.Models;
using static GptImage2.Backends.Http.LenientJson;

namespace GptImage2.Backends.Scenario.Models;

/// <summary>Compares what Scenario says of a model's inputs with the profile that is compiled in.</summary>
internal static class ModelSchemaCheck
{
    /// <param name="answer">Of GET /models/{id}.</param>
    /// <returns>One sentence without an end for each difference; none where the schema says nothing.</returns>
    public static IEnumerable<string> FindDifferences(JsonElement answer, ModelProfile profile)
    {
        var inputs = GetMember(GetMember(answer, "model") ?? answer, "inputs") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [];
        foreach (var input in inputs)
        {
            var name = GetText(input, "name");
            var found = name switch
            {
                "prompt" => Compare("prompts may have up to", GetText(input, "maxLength"), $"{profile.MaxPromptLength}"),
                "referenceImages" => Compare("references may be up to", GetText(input, "maxLength"), $"{profile.MaxReferences}"),
                "numOutputs" => Compare("images a call may be up to", GetText(input, "max"), $"{profile.MaxCount}"),
                "width" or "height" => Compare($"{name} may be up to", GetText(input, "max"), $"{profile.Sizes.MaxEdge}")
                    ?? Compare($"{name} may be down to", GetText(input, "min"), $"{profile.Sizes.MinEdge}")
                    ?? Compare($"{name} has steps of", GetText(input, "step"), $"{profile.Sizes.EdgeMultiple}"),
                "quality" => CompareValues("qualities are", input, profile.Qualities.Select(quality => quality.Name)),
                "background" => CompareValues("backgrounds are", input, profile.Backgrounds.Select(background => background.Name)),
                _ => null,
            };
            if (found is not null)
            {
                yield return found;
            }
        }
    }

    private static string? Compare(string what, string? theirs, string ours) => theirs is null || theirs == ours ? null : $"{what} {theirs} there, {ours} here";

    private static string? CompareValues(string what, JsonElement input, IEnumerable<string> ours)
    {
        var theirs = GetMember(input, "allowedValues") is { ValueKind: JsonValueKind.Array } values ? values.EnumerateArray().Select(value => GetText(value)).OfType<string>().ToArray() : [];
        return theirs is [] || theirs.ToHashSet().SetEquals(ours) ? null : $"{what} {string.Join(", ", theirs)} there, {string.Join(", ", ours)} here";
    }
}
