using GptImage2.Generation.Rendering;

namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>
/// Reads what models really send where it can mean only one thing: arguments by the names of other services, sizes and regions in any spelling,
/// references as plain texts. What is clear but not safe to do is refused with the call that does it.
/// </summary>
internal sealed class ArgumentReader(BackendRegistry backends)
{
    private readonly SizeReader _sizes = new(backends.Default.Profile.Sizes);

    public ArgumentSet Read(JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>>? arguments)
    {
        var read = new ArgumentSet(schema, arguments);
        OtherTools.Refuse(read);
        ArgumentNames.Read(read);
        if (read.Knows("resize_to"))
        {
            _sizes.Read(read);
        }

        FormatReader.Read(read);
        BackgroundReader.Read(read);
        ImagesReader.Read(read);
        ReferenceReader.Read(read);
        RegionReader.Read(read);
        PanelReader.Read(read);
        return read;
    }
}
