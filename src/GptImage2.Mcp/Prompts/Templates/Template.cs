namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>A page of the studio's knowledge: text with variables. With arguments it is a prompt; a guide's variables are filled with facts.</summary>
internal sealed record Template
{
    /// <summary>Lower-case letters, digits and dashes; unique among templates and guides.</summary>
    public required string Name { get; init; }

    /// <summary>For a menu.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, in one sentence.</summary>
    public required string Description { get; init; }

    public required IReadOnlyList<TemplateArgument> Arguments { get; init; }

    public required CompiledTemplate Body { get; init; }

    /// <summary>The text with its variables filled, and how to read the places of ids in it.</summary>
    /// <exception cref="TemplateCallException">A call is not JSON once its variables are filled.</exception>
    public string Render(TemplateContext values) => Body.Render(values) is var text && text.Contains("<id from call ", StringComparison.Ordinal)
        ? $"{text}\n\nWhere it says <id from call N>, put the id of the image that call N returned."
        : text;

    /// <summary>The file it was read from, to be named in a problem.</summary>
    public required string File { get; init; }
}

/// <summary>What a caller fills into a template.</summary>
internal sealed record TemplateArgument
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public bool Required { get; init; }

    /// <summary>The value when none is given, or null when the argument is then simply absent.</summary>
    public string? Default { get; init; }

    /// <summary>What it can be: one of <see cref="TemplateValueKinds.Names"/>, or null for any text or one of the choices.</summary>
    public string? Values { get; init; }

    /// <summary>The only values it can have, where the template lists them.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>
    /// Whether the unfilled template shows what it is like with it, although it need not be given: whoever copies such a call loses
    /// nothing.
    /// </summary>
    public bool Shown { get; init; }

    /// <summary>What stands for the value until it is given; for a list, for the item of that number.</summary>
    public string GetPlaceholder(int number = 1) => IsList ? $"<{(Name.EndsWith('s') ? Name[..^1] : Name)} {number}>" : $"<{Name}>";

    /// <summary>Whether it can be given several times over, one a line or separated by semicolons.</summary>
    public bool IsList { get; init; }
}

/// <summary>Something in a template's file that has to be fixed.</summary>
/// <param name="File">As a person would look for it.</param>
/// <param name="Line">From 1.</param>
internal sealed record TemplateProblem(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}
