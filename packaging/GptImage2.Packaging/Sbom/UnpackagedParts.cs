namespace GptImage2.Packaging.Sbom;

/// <summary>
/// What a bill of materials lacks that was made of a project's packages: the .NET runtime, which the SDK brings, the libraries that are linked into
/// libvips, as NetVips.Native names them in its versions.json, and the font, which comes from this repository. No time is told, so that equal parts make an equal bill.
/// </summary>
internal static class UnpackagedParts
{
    /// <summary>Of the fonts in assets, as their own version table says (DejaVu 2.37).</summary>
    private const string FontVersion = "2.37";

    /// <param name="bill">A CycloneDX document, to which they are added.</param>
    /// <param name="runtime">Version of the .NET runtime.</param>
    /// <param name="libraries">Names and versions of what is in libvips.</param>
    public static void AddTo(JsonObject bill, string runtime, JsonObject libraries)
    {
        bill["metadata"]!.AsObject().Remove("timestamp");
        var components = bill["components"]!.AsArray();
        foreach (var component in components.OfType<JsonObject>().Where(component => component["name"]!.GetValue<string>().StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)))
        {
            // Its packages give their licence as a file alone.
            component.LicensedBy("id", "MIT");
        }

        foreach (var name in (string[])["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"])
        {
            components.Add(Component($"pkg:generic/{name}@{runtime}", "framework", name, runtime, "The .NET runtime, inside the executables.").LicensedBy("id", "MIT"));
        }

        foreach (var (name, version) in libraries)
        {
            components.Add(Component($"pkg:generic/{name}@{version}", "library", name, version!.GetValue<string>(), "Linked into libvips, in NetVips.Native; licence in licences/libvips."));
        }

        components.Add(Component($"pkg:generic/dejavu-fonts@{FontVersion}", "file", "dejavu-fonts", FontVersion, "DejaVu Sans, in fonts; licence in licences/dejavu-fonts.").LicensedBy("name", "Bitstream Vera and public domain"));
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

    /// <param name="kind">As CycloneDX has it: id of SPDX, or a name.</param>
    private static JsonObject LicensedBy(this JsonObject component, string kind, string licence)
    {
        component["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { [kind] = licence } });
        return component;
    }
}
