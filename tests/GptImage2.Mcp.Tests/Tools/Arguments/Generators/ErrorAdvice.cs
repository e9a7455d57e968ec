using GptImage2.Imaging;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Does what a refusal says, as a model would: the nearest legal value where there is one, else without the argument.</summary>
internal static class ErrorAdvice
{
    private static readonly string[] Size = ["preset", "width", "height"];

    /// <summary>Arguments without which a tool does nothing, and something legal for them.</summary>
    private static readonly Dictionary<string, string> Needed = new() { ["prompt"] = "a fox", ["image"] = ReadOnlyToolArgumentGenerators.ImageDataUri };

    public static Dictionary<string, JsonElement> Apply(InvalidCall call, IReadOnlyList<ReportedViolation> complaints)
    {
        var arguments = call.Arguments.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var complaint in complaints.Where(complaint => !Size.Contains(complaint.Argument)))
        {
            Correct(arguments, complaint);
        }

        ReportedViolation[] sizes = [.. complaints.Where(complaint => Size.Contains(complaint.Argument) || complaint.Argument is "width and height")];
        if (sizes is not [])
        {
            Resize(arguments, sizes);
        }

        return call.Tool is "generate_image" ? new(arguments) { ["dry_run"] = JsonElement.Parse("true") } : arguments;
    }

    private static void Resize(Dictionary<string, JsonElement> arguments, ReportedViolation[] sizes)
    {
        if (sizes is [{ Argument: "width" or "height", Nearest: { } edge } one] && int.TryParse(edge, out _))
        {
            arguments[one.Argument] = JsonElement.Parse(edge);
            return;
        }

        Size.ToList().ForEach(name => arguments.Remove(name));
        if (sizes.FirstOrDefault(complaint => Dimensions.TryParse(complaint.Nearest, null, out _)) is { Nearest: { } nearest })
        {
            sizes.ShouldAllBe(complaint => complaint.Nearest == nearest, "both edges have one nearest size");
            (arguments["width"], arguments["height"]) = (JsonElement.Parse(nearest.Split('x')[0]), JsonElement.Parse(nearest.Split('x')[1]));
        }
        else if (sizes is [{ Argument: "preset", Nearest: { } name }])
        {
            arguments["preset"] = JsonValue.Create(name).ToElement();
        }
    }

    private static void Correct(Dictionary<string, JsonElement> arguments, ReportedViolation complaint)
    {
        var name = complaint.Argument.Split('.')[0];
        if (complaint.Nearest is { } nearest && arguments.ContainsKey(complaint.Argument) && !IsName(complaint))
        {
            arguments[name] = int.TryParse(nearest, out _) ? JsonElement.Parse(nearest) : JsonValue.Create(nearest).ToElement();
        }
        else if (Needed.TryGetValue(name, out var needed))
        {
            arguments[name] = JsonValue.Create(needed).ToElement();
        }
        else
        {
            arguments.Remove(name);
        }
    }

    private static bool IsName(ReportedViolation complaint) => complaint.Received is "a name that does not exist here";
}
