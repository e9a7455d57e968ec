namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Draws calls with one to five mistakes each; the same seed draws the same calls.</summary>
internal static class InvalidCallGenerator
{
    private static readonly (string Tool, ArgumentGenerator[] Slots)[] Tools =
    [
        ("generate_image", ImageToolArgumentGenerators.All),
        ("generate_image", ImageToolArgumentGenerators.All),
        ("view_image", ReadOnlyToolArgumentGenerators.ViewImage),
        ("list_images", ReadOnlyToolArgumentGenerators.ListImages),
        ("list_presets", ReadOnlyToolArgumentGenerators.ListPresets),
    ];

    private static readonly (string Tool, ArgumentGenerator[] Slots)[] ImageInputTools =
    [
        ("edit_with_references", EditArgumentGenerators.EditWithReferences),
        ("inpaint_region", EditArgumentGenerators.InpaintRegion),
        ("inpaint_region", EditArgumentGenerators.InpaintRegion),
        ("remove_background", EditArgumentGenerators.RemoveBackground),
        ("remove_background_hint", EditArgumentGenerators.RemoveBackgroundHint),
        ("compose_board", EditArgumentGenerators.ComposeBoard),
        ("check_job", ReadOnlyToolArgumentGenerators.CheckJob),
        ("define_cast", EditArgumentGenerators.DefineCast),
    ];

    private static readonly (string Tool, ArgumentGenerator[] Slots)[] BoardTools =
    [
        ("create_storyboard", StoryboardArgumentGenerators.Create),
        ("update_storyboard", StoryboardArgumentGenerators.Update),
        ("export_storyboard", StoryboardArgumentGenerators.Export),
    ];

    /// <summary>The tools that calls are drawn for: a new tool adds its arguments to one of the lists.</summary>
    public static IEnumerable<string> ToolNames => Tools.Concat(ImageInputTools).Concat(BoardTools).Select(tool => tool.Tool).Distinct();

    public static IEnumerable<InvalidCall> Generate(int seed, int count) => Generate(Tools, seed, count);

    /// <summary>Calls of the tools that work on images or jobs that are there.</summary>
    public static IEnumerable<InvalidCall> GenerateEdits(int seed, int count) => Generate(ImageInputTools, seed, count);

    public static IEnumerable<InvalidCall> GenerateBoards(int seed, int count) => Generate(BoardTools, seed, count);

    private static IEnumerable<InvalidCall> Generate((string Tool, ArgumentGenerator[] Slots)[] tools, int seed, int count)
    {
        var random = new Random(seed);
        for (var n = 0; n < count; n++)
        {
            var (tool, slots) = tools[n % tools.Length];
            yield return Generate(tool, slots, random);
        }
    }

    private static InvalidCall Generate(string tool, ArgumentGenerator[] slots, Random random)
    {
        var call = new InvalidCall(tool, random);
        var mistakes = Enumerable.Range(0, slots.Length).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).ToHashSet();
        for (var n = 0; n < slots.Length; n++)
        {
            var write = mistakes.Contains(n) ? slots[n].WriteInvalid[random.Next(slots[n].WriteInvalid.Length)] : slots[n].WriteValid;
            write(call);
        }

        return call;
    }
}
