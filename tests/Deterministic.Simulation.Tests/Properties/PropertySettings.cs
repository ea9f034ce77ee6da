[assembly: PropertySeed]
