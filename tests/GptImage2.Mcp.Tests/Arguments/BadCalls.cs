namespace GptImage2.Mcp.Tests.Arguments;

/// <summary>Draws calls with one to five mistakes each; the same seed draws the same calls.</summary>
internal static class BadCalls
{
    private static readonly (string Tool, Slot[] Slots)[] Tools =
    [
        ("generate_image", MakerSlots.All),
        ("generate_image", MakerSlots.All),
        ("view_image", ReaderSlots.ViewImage),
        ("list_images", ReaderSlots.ListImages),
        ("list_presets", ReaderSlots.ListPresets),
    ];

    private static readonly (string Tool, Slot[] Slots)[] PictureTools =
    [
        ("edit_with_references", EditSlots.EditWithReferences),
        ("inpaint_region", EditSlots.InpaintRegion),
        ("inpaint_region", EditSlots.InpaintRegion),
        ("remove_background", EditSlots.RemoveBackground),
        ("remove_background_hint", EditSlots.RemoveBackgroundHint),
        ("check_job", ReaderSlots.CheckJob),
    ];

    public static IEnumerable<BadCall> Draw(int seed, int count) => Draw(Tools, seed, count);

    /// <summary>Calls of the tools that work on pictures or jobs that are there.</summary>
    public static IEnumerable<BadCall> DrawEdits(int seed, int count) => Draw(PictureTools, seed, count);

    private static IEnumerable<BadCall> Draw((string Tool, Slot[] Slots)[] tools, int seed, int count)
    {
        var random = new Random(seed);
        for (var n = 0; n < count; n++)
        {
            var (tool, slots) = tools[n % tools.Length];
            yield return Draw(tool, slots, random);
        }
    }

    private static BadCall Draw(string tool, Slot[] slots, Random random)
    {
        var call = new BadCall(tool, random);
        var mistakes = Enumerable.Range(0, slots.Length).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).ToHashSet();
        for (var n = 0; n < slots.Length; n++)
        {
            var write = mistakes.Contains(n) ? slots[n].Wrong[random.Next(slots[n].Wrong.Length)] : slots[n].Right;
            write(call);
        }

        return call;
    }
}
