using GptImage2.Mcp.Apps;

namespace GptImage2.Mcp.Tools.Base;

/// <summary>All tools with what clients see of them.</summary>
internal sealed class ToolSet
{
    private readonly (ITool Tool, Tool Definition)[] _every;

    public ToolSet(IEnumerable<ITool> tools)
    {
        _every = [.. tools.Select(tool => (tool, tool.GetDefinition()))];
        All = [.. _every.Where(entry => !AppsExtension.IsAppOnly(entry.Definition))];
    }

    /// <summary>Those that models see.</summary>
    public IReadOnlyList<(ITool Tool, Tool Definition)> All { get; }

    /// <summary>Those that only pages in the chat call.</summary>
    public IEnumerable<(ITool Tool, Tool Definition)> AppOnly => _every.Except(All);

    public string Names => string.Join(", ", All.Select(entry => entry.Definition.Name));

    /// <summary>The words in the names of tools of other servers, and the tool of this one that does what they do.</summary>
    private static readonly (string Word, string Tool)[] Meanings =
    [
        ("inpaint", "inpaint_region"), ("mask", "inpaint_region"), ("background", "remove_background"), ("cutout", "remove_background"), ("edit", "edit_with_references"), ("variation", "edit_with_references"),
        ("animatic", "export_storyboard"), ("storyboard", "create_storyboard"), ("comic", "create_storyboard"), ("create_panel", "create_storyboard"), ("generate_panel", "create_storyboard"), ("panel", "update_storyboard"),
        ("board", "compose_board"), ("collage", "compose_board"), ("job", "check_job"), ("status", "check_job"), ("list", "list_images"), ("search", "list_images"), ("view", "view_image"), ("show", "view_image"),
        ("price", "list_presets"), ("help", "list_presets"), ("generate", "generate_image"), ("create", "generate_image"), ("draw", "generate_image"), ("text_to_image", "generate_image"),
    ];

    /// <returns>A sentence that names the tool that was probably meant, or nothing.</returns>
    public string Suggest(string name) =>
        (EditDistance.FindNear(name, [.. All.Select(entry => entry.Definition.Name)])
            ?? Meanings.FirstOrDefault(meaning => name.Contains(meaning.Word, StringComparison.OrdinalIgnoreCase)).Tool) is { } meant
            ? $" Did you mean {meant}?"
            : "";

    public (ITool Tool, Tool Definition)? Find(string name) => _every.Where(entry => entry.Definition.Name == name).Cast<(ITool, Tool)?>().FirstOrDefault();
}
