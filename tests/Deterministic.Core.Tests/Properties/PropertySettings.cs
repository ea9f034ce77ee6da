// A thousand cases of each property that names no number.
[assembly: PropertySeed(MaxTest = 1000)]
