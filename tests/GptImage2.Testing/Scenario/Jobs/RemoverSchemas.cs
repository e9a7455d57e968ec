namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>The inputs of the models that remove backgrounds (Scenario's pages on them, 2026-08).</summary>
internal static class RemoverSchemas
{
    public static IReadOnlyList<ModelSchema> All { get; } =
    [
        Create("model_bria-remove-background", new InputField("preserveAlpha", "boolean")),
        Create(
            "model_photoroom-background-removal",
            new InputField("backgroundColor", "string"),
            new InputField("shadowMode", "string") { AllowedValues = ["soft", "hard", "floating"] },
            new InputField("hdBackgroundRemoval", "boolean"),
            new InputField("keepExistingTransparency", "string") { AllowedValues = ["auto", "never"] }),
        Create("model_pixa-background-removal", new InputField("outputFormat", "string") { AllowedValues = ["rgba", "alpha"], Default = "alpha" }),
        Create(
            "model_851-labs-background-remover",
            new InputField("threshold", "number"),
            new InputField("reverse", "boolean"),
            new InputField("backgroundType", "string") { AllowedValues = ["rgba", "map", "green", "white", "blur", "overlay"], Default = "green" }),
        Create("model_ideogram-remove-background"),
    ];

    private static ModelSchema Create(string id, params InputField[] more) => new(id, [new InputField("image", "file") { IsRequired = true }, .. more]);
}
