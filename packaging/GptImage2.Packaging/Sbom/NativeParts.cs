namespace GptImage2.Packaging.Sbom;

/// <summary>
/// What a bill of materials lacks that was made of NuGet packages alone: the libraries that are linked into libvips, as NetVips.Native names
/// them in its versions.json, and the font, which comes from this repository. No time is told, so that equal parts make an equal bill.
/// </summary>
internal static class NativeParts
{
    /// <summary>Of the fonts in assets, as their own version table says (DejaVu 2.37).</summary>
    private const string FontVersion = "2.37";

    /// <param name="bill">A CycloneDX document, to which they are added.</param>
    /// <param name="versions">The object of names and versions.</param>
    public static void AddTo(JsonObject bill, JsonObject versions)
    {
        bill["metadata"]!.AsObject().Remove("timestamp");
        var components = bill["components"]!.AsArray();
        foreach (var (name, version) in versions)
        {
            components.Add(Component($"pkg:generic/{name}@{version}", "library", name, version!.GetValue<string>(), "Linked into libvips, in NetVips.Native; licence in licences/libvips."));
        }

        var font = Component($"pkg:generic/dejavu-fonts@{FontVersion}", "file", "dejavu-fonts", FontVersion, "DejaVu Sans, in fonts; licence in licences/dejavu-fonts.");
        font["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["name"] = "Bitstream Vera and public domain" } });
        components.Add(font);
    }

    private static JsonObject Component(string reference, string type, string name, string version, string description) => new()
    {
        ["type"] = type,
        ["bom-ref"] = reference,
        ["name"] = name,
        ["version"] = version,
        ["description"] = description,
        ["scope"] = "required",
        ["purl"] = reference,
    };
}
